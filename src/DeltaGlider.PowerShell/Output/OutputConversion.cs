using DeltaGlider.Core.Model;

namespace DeltaGlider;

/// <summary>The domain's results as what the pipeline gets.</summary>
internal static class OutputConversion
{
    /// <summary>A line of a listing.</summary>
    public static DGObject ToOutput(this ObjectEntry entry)
    {
        var name = NameOf(entry.Uri.Key);
        return new DGObject
        {
            Uri = entry.Uri.ToString(),
            Bucket = entry.Uri.Bucket,
            Key = entry.Uri.Key,
            Name = name,
            Parent = entry.Uri.WithKey(entry.Uri.Key[..^name.Length]).ToString(),
            IsPrefix = entry.IsPrefix,
            Storage = entry.IsPrefix ? null : entry.Storage.ToOutput(),
            Size = entry.Size,
            StoredSize = entry.StoredSize,
            LastModified = entry.IsPrefix ? null : entry.LastModified.UtcDateTime,
            Modified = entry.Modified?.UtcDateTime,
            Sha256 = entry.Sha256?.Hex,
            ETag = entry.IsPrefix ? null : entry.ETag,
            StorageClass = entry.StorageClass,
        };
    }

    /// <summary>A bucket.</summary>
    public static DGObject ToOutput(this BucketInfo bucket) => new()
    {
        Uri = new S3Uri(bucket.Name, "").ToString(),
        Bucket = bucket.Name,
        Name = bucket.Name,
        Parent = S3Uri.AllBuckets.ToString(),
        IsPrefix = true,
        LastModified = bucket.CreatedAt?.UtcDateTime,
    };

    /// <summary>A stored file.</summary>
    public static DGCopyResult ToOutput(this PutObjectResult result, TimeSpan elapsed) => new()
    {
        Source = result.SourcePath,
        Destination = result.Uri.ToString(),
        Uri = result.Uri.ToString(),
        Storage = result.Storage.ToOutput(),
        Size = result.Size,
        StoredSize = result.StoredSize,
        ReferenceSize = result.ReferenceSize,
        Sha256 = result.Sha256.Hex,
        Verified = true,
        Elapsed = elapsed,
        EncodeTime = result.EncodeTime,
    };

    /// <summary>A fetched object.</summary>
    public static DGCopyResult ToOutput(this GetObjectResult result, TimeSpan elapsed) => new()
    {
        Source = result.Uri.ToString(),
        Destination = result.DestinationPath,
        Uri = result.Uri.ToString(),
        Storage = result.Storage.ToOutput(),
        Size = result.Size,
        StoredSize = result.StoredSize,
        Sha256 = result.Sha256.Hex,
        Verified = result.IsVerified,
        Elapsed = elapsed,
        DecodeTime = result.DecodeTime,
    };

    /// <summary>A removed object.</summary>
    public static DGRemovalResult ToOutput(this RemoveObjectResult result) => new()
    {
        Uri = result.Uri.ToString(),
        RemovedKeys = [.. result.RemovedKeys],
        ReferenceRemoved = result.ReferenceRemoved,
        FreedBytes = result.FreedBytes,
    };

    /// <summary>A verified object.</summary>
    public static DGVerification ToOutput(this VerifyObjectResult result, TimeSpan elapsed) => new()
    {
        Uri = result.Uri.ToString(),
        Valid = result.IsValid,
        Storage = result.Storage.ToOutput(),
        Size = result.Size,
        StoredSize = result.StoredSize,
        Expected = result.Expected?.Hex,
        Actual = result.Actual?.Hex,
        Finding = Enum.Parse<DGFinding>(result.Finding.ToString()),
        Repaired = result.IsRepaired,
        Problem = result.Problem?.ToString(),
        Reason = result.Reason,
        Elapsed = elapsed,
    };

    /// <summary>How an object is stored.</summary>
    public static DGStorage ToOutput(this StorageKind kind) => kind switch
    {
        StorageKind.Direct => DGStorage.Direct,
        StorageKind.Delta => DGStorage.Delta,
        StorageKind.Reference => DGStorage.Reference,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    // A prefix keeps the slash that it ends in.
    private static string NameOf(string key) =>
        key.Length == 0 ? "" : key[(key[..^1].LastIndexOf('/') + 1)..];
}
