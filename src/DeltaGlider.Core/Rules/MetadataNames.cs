namespace DeltaGlider.Core.Rules;

/// <summary>The names of user metadata, without <c>x-amz-meta-</c>, as they are written today.</summary>
internal static class MetadataNames
{
    public const string Tool = "dg-tool";
    public const string SourceName = "dg-source-name";
    public const string OriginalName = "dg-original-name";
    public const string FileSha256 = "dg-file-sha256";
    public const string FileSize = "dg-file-size";
    public const string CreatedAt = "dg-created-at";
    public const string ReferenceKey = "dg-ref-key";
    public const string ReferencePath = "dg-ref-path";
    public const string ReferenceSha256 = "dg-ref-sha256";
    public const string DeltaSize = "dg-delta-size";
    public const string DeltaCommand = "dg-delta-cmd";
    public const string Note = "dg-note";
    public const string Compression = "dg-compression";
    public const string Md5 = "dg-md5";

    /// <summary>On temporaries: when they are of no use any more, what they were restored from, and that they were.</summary>
    public const string ExpiresAt = "dg-expires-at";
    public const string OriginalKey = "dg-original-key";
    public const string Rehydrated = "dg-rehydrated";

    /// <summary>
    /// How a delta is written where it is not VCDIFF. It has one spelling: no other tool knows it, and <c>codec</c> may be
    /// the caller's own.
    /// </summary>
    public const string Codec = "dg-codec";

    /// <summary>rclone's name for a file's modification time, in seconds since 1970.</summary>
    public const string Modified = "mtime";

    /// <summary>What the caller's own names begin with.</summary>
    public const string UserPrefix = "user-";

    /// <summary>Every name above that belongs to DeltaGlider.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        Tool, SourceName, OriginalName, FileSha256, FileSize, CreatedAt, ReferenceKey, ReferencePath, ReferenceSha256,
        DeltaSize, DeltaCommand, Note, Compression, Md5, ExpiresAt, OriginalKey, Rehydrated,
    ];

    /// <summary>
    /// The spellings a name has had, the present one first: <c>dg-a-b</c>, <c>dg_a_b</c> (some gateways),
    /// <c>a_b</c> (the Python tool up to 5.x), <c>a-b</c>.
    /// </summary>
    public static IEnumerable<string> SpellingsOf(string name)
    {
        var bare = name["dg-".Length..];
        yield return name;
        yield return name.Replace('-', '_');
        yield return bare.Replace('-', '_');
        yield return bare;
    }
}
