namespace DeltaGlider.Core.Model;

/// <summary>
/// The keys of a bucket that share everything up to their last <c>/</c>. A deltaspace has at most one reference and
/// any number of deltas, every one of them against that reference.
/// </summary>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="Prefix">Empty at the bucket's root, else it ends in <c>/</c>.</param>
public readonly record struct DeltaSpace(string Bucket, string Prefix)
{
    /// <summary>The last segment of every reference's key.</summary>
    public const string ReferenceName = "reference.bin";

    /// <summary>What a delta's key has after the key of the file it stands for.</summary>
    public const string DeltaSuffix = ".delta";

    /// <summary>The root of what belongs to the tool itself and not to a user.</summary>
    public const string InternalPrefix = ".deltaglider/";

    /// <summary>The deltaspace that the object belongs to.</summary>
    public static DeltaSpace Of(S3Uri uri) => new(uri.Bucket, uri.Key[..(uri.Key.LastIndexOf('/') + 1)]);

    /// <summary>Where the reference lies.</summary>
    public S3Uri Reference => new(Bucket, Prefix + ReferenceName);

    /// <summary>Where the delta of the file <paramref name="logical"/> lies.</summary>
    public static S3Uri DeltaOf(S3Uri logical) => logical.WithKey(logical.Key + DeltaSuffix);

    /// <summary>True for a key that a delta would have.</summary>
    public static bool IsDeltaKey(string key) => key.EndsWith(DeltaSuffix, StringComparison.Ordinal) && !NameOf(key).Equals(DeltaSuffix, StringComparison.Ordinal);

    /// <summary>True for a key that a reference would have.</summary>
    public static bool IsReferenceKey(string key) => NameOf(key).Equals(ReferenceName, StringComparison.Ordinal);

    /// <summary>True for a key under <see cref="InternalPrefix"/>.</summary>
    public static bool IsInternalKey(string key) => key.StartsWith(InternalPrefix, StringComparison.Ordinal);

    /// <summary>The file that the delta at <paramref name="deltaKey"/> stands for.</summary>
    public static string LogicalKeyOf(string deltaKey) => deltaKey[..^DeltaSuffix.Length];

    private static ReadOnlySpan<char> NameOf(string key) => key.AsSpan(key.LastIndexOf('/') + 1);

    /// <inheritdoc/>
    public override string ToString() => $"s3://{Bucket}/{Prefix}";
}
