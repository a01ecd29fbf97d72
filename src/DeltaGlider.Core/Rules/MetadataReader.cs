using System.Collections.Immutable;
using System.Globalization;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Rules;

/// <summary>
/// Reads the metadata of every writer and era: this tool, the Python tool (bare underscores up to 5.x, <c>dg-</c> since),
/// and the proxy. Never fails: what cannot be understood is absent.
/// </summary>
public static class MetadataReader
{
    private static readonly ImmutableHashSet<string> KnownSpellings =
        MetadataNames.All.SelectMany(MetadataNames.SpellingsOf).Append(MetadataNames.Modified).Append(MetadataNames.Codec).ToImmutableHashSet(StringComparer.Ordinal);

    /// <summary>Reads user metadata; names without <c>x-amz-meta-</c>, in any case.</summary>
    public static ObjectMetadata Read(IReadOnlyDictionary<string, string> stored)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in stored)
            values[name.ToLowerInvariant()] = value;

        var sha256 = Digest(Find(values, MetadataNames.FileSha256));
        return new ObjectMetadata
        {
            Tool = Text(values, MetadataNames.Tool),
            OriginalName = Text(values, MetadataNames.OriginalName) ?? Text(values, MetadataNames.SourceName),
            FileSha256 = sha256,
            FileSize = Number(Find(values, MetadataNames.FileSize)),
            CreatedAt = Timestamps.Parse(Find(values, MetadataNames.CreatedAt)),
            ExpiresAt = Timestamps.Parse(Find(values, MetadataNames.ExpiresAt)),
            ReferenceKey = Text(values, MetadataNames.ReferenceKey),
            ReferencePath = Text(values, MetadataNames.ReferencePath),
            ReferenceSha256 = Digest(Find(values, MetadataNames.ReferenceSha256)),
            Codec = values.GetValueOrDefault(MetadataNames.Codec) is { Length: > 0 } codec ? codec : null,
            DeltaSize = Number(Find(values, MetadataNames.DeltaSize)),
            Modified = Timestamps.ParseUnix(values.GetValueOrDefault(MetadataNames.Modified)),
            User = sha256 is null ? All(values) : OfTheCaller(values),
        };
    }

    private static string? Find(Dictionary<string, string> values, string name) =>
        MetadataNames.SpellingsOf(name)
            .Select(values.GetValueOrDefault)
            .FirstOrDefault(value => !string.IsNullOrEmpty(value));

    private static string? Text(Dictionary<string, string> values, string name) =>
        Find(values, name) is { } value ? EncodedWords.Decode(value) : null;

    private static Sha256Digest? Digest(string? text) => Sha256Digest.TryParse(text, out var digest) ? digest : null;

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static ImmutableDictionary<string, string> All(Dictionary<string, string> values) =>
        values.ToImmutableDictionary(pair => pair.Key, pair => EncodedWords.Decode(pair.Value));

    private static ImmutableDictionary<string, string> OfTheCaller(Dictionary<string, string> values)
    {
        var user = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var (name, value) in values)
        {
            if (name.StartsWith(MetadataNames.UserPrefix, StringComparison.Ordinal) && name.Length > MetadataNames.UserPrefix.Length)
                user[name[MetadataNames.UserPrefix.Length..]] = EncodedWords.Decode(value);
            else if (!KnownSpellings.Contains(name))
                user.TryAdd(name, EncodedWords.Decode(value));
        }

        return user.ToImmutable();
    }
}
