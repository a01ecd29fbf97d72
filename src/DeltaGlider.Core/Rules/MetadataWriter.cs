using System.Collections.Immutable;
using System.Globalization;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Rules;

/// <summary>
/// Writes metadata in its present form, which the Python tool and the proxy read too. Values are printable ASCII; what
/// S3 would refuse is refused here, before any byte is sent.
/// </summary>
internal sealed class MetadataWriter
{
    private readonly string _tool;

    /// <param name="tool">What <c>dg-tool</c> says.</param>
    public MetadataWriter(string tool) => _tool = tool;

    /// <summary>The metadata of a reference.</summary>
    public ImmutableDictionary<string, string> ForReference(S3Uri reference, S3Uri source, ContentDigest digest, DateTimeOffset createdAt)
    {
        var values = Common(digest, createdAt);
        values[MetadataNames.Note] = "reference";
        AddName(values, MetadataNames.SourceName, source.Name);
        return Checked(reference, values);
    }

    /// <summary>The metadata of a delta; <paramref name="codec"/> is null for VCDIFF.</summary>
    public ImmutableDictionary<string, string> ForDelta(
        S3Uri logical, ContentDigest digest, Sha256Digest referenceSha256, long deltaSize, DateTimeOffset createdAt, FileFacts facts, string? codec = null)
    {
        var values = Common(digest, createdAt);
        var reference = DeltaSpace.Of(logical).Reference;
        AddName(values, MetadataNames.OriginalName, logical.Name);
        values[MetadataNames.ReferenceKey] = EncodedWords.Encode(reference.Key);
        values[MetadataNames.ReferencePath] = DeltaSpace.ReferenceName;
        values[MetadataNames.ReferenceSha256] = referenceSha256.Hex;
        values[MetadataNames.DeltaSize] = deltaSize.ToString(CultureInfo.InvariantCulture);
        values[MetadataNames.Note] = digest.Sha256 == referenceSha256 ? "zero-diff (reference identical)" : "delta";
        if (codec is not null)
            values[MetadataNames.Codec] = codec;
        else if (EncodedWords.IsPlain(logical.Name))
            values[MetadataNames.DeltaCommand] = $"xdelta3 -e -9 -s {DeltaSpace.ReferenceName} {logical.Name} {logical.Name}{DeltaSpace.DeltaSuffix}";
        AddFacts(values, facts);

        // The command is a courtesy; it gives way where a long name would go over the limit with it.
        if (StoreLimits.MetadataBytes(values.ToImmutable()) > StoreLimits.MaxMetadataBytes) values.Remove(MetadataNames.DeltaCommand);
        return Checked(logical, values);
    }

    /// <summary>The metadata of an object stored whole.</summary>
    public ImmutableDictionary<string, string> ForDirect(S3Uri logical, ContentDigest digest, DateTimeOffset createdAt, FileFacts facts)
    {
        var values = Common(digest, createdAt);
        AddName(values, MetadataNames.OriginalName, logical.Name);
        values[MetadataNames.Note] = "passthrough";
        values[MetadataNames.Compression] = "none";
        AddFacts(values, facts);
        return Checked(logical, values);
    }

    /// <summary>The metadata of a file restored for a while.</summary>
    public ImmutableDictionary<string, string> ForTemporary(S3Uri temporary, S3Uri logical, ContentDigest digest, DateTimeOffset createdAt, DateTimeOffset expiresAt)
    {
        var values = Common(digest, createdAt);
        values[MetadataNames.ExpiresAt] = Timestamps.Format(expiresAt);
        values[MetadataNames.Rehydrated] = "true";
        AddName(values, MetadataNames.OriginalName, logical.Name);

        // A courtesy to whoever looks: a long key gives way.
        values[MetadataNames.OriginalKey] = EncodedWords.Encode(logical.Key);
        if (StoreLimits.MetadataBytes(values.ToImmutable()) > StoreLimits.MaxMetadataBytes) values.Remove(MetadataNames.OriginalKey);
        return Checked(temporary, values);
    }

    private ImmutableDictionary<string, string>.Builder Common(ContentDigest digest, DateTimeOffset createdAt)
    {
        var values = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        values[MetadataNames.Tool] = _tool;
        values[MetadataNames.FileSha256] = digest.Sha256.Hex;
        values[MetadataNames.FileSize] = digest.Length.ToString(CultureInfo.InvariantCulture);
        values[MetadataNames.CreatedAt] = Timestamps.Format(createdAt);
        values[MetadataNames.Md5] = digest.Md5Hex;
        return values;
    }

    // A name that is not plain is left out: the key already says it.
    private static void AddName(ImmutableDictionary<string, string>.Builder values, string name, string fileName)
    {
        if (EncodedWords.IsPlain(fileName)) values[name] = fileName;
    }

    private static void AddFacts(ImmutableDictionary<string, string>.Builder values, FileFacts facts)
    {
        if (facts.Modified is { } modified) values[MetadataNames.Modified] = Timestamps.FormatUnix(modified);
        foreach (var (name, value) in facts.UserMetadata)
            values[MetadataNames.UserPrefix + name.ToLowerInvariant()] = EncodedWords.Encode(value);
    }

    private static ImmutableDictionary<string, string> Checked(S3Uri uri, ImmutableDictionary<string, string>.Builder values)
    {
        var metadata = values.ToImmutable();
        StoreLimits.CheckMetadata(uri, metadata);
        return metadata;
    }
}
