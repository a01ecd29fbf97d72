namespace DeltaGlider.Core.Model;

/// <summary>What a logical name stands for in the bucket at the moment.</summary>
/// <param name="Logical">The name as the user knows it.</param>
/// <param name="Kind">How it is stored.</param>
/// <param name="Stored">The stored object.</param>
/// <param name="Metadata">What that object's metadata says.</param>
public sealed record ResolvedObject(S3Uri Logical, StorageKind Kind, StoredObject Stored, ObjectMetadata Metadata)
{
    /// <summary>The older of two variants, left over from an overwrite that was cut off; null as a rule.</summary>
    public StoredObject? Superseded { get; init; }

    /// <summary>The size of the file: of a delta, what it decodes to.</summary>
    public long Size => Kind == StorageKind.Delta ? Metadata.FileSize ?? 0 : Stored.Size;
}
