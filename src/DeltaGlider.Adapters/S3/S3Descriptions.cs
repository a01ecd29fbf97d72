using System.Collections.Immutable;
using Amazon.S3.Model;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Adapters.S3;

/// <summary>Turns the SDK's responses into the domain's values.</summary>
internal static class S3Descriptions
{
    private const string MetadataPrefix = "x-amz-meta-";

    /// <summary>What a HEAD says.</summary>
    public static StoredObject Describe(S3Uri uri, GetObjectMetadataResponse head) =>
        new(uri, head.ContentLength, Utc(head.LastModified), Bare(head.ETag), NullIfEmpty(head.ContentType), Metadata(head.Metadata))
        {
            StorageClass = Class(head.StorageClass),
        };

    /// <summary>What the headers of a GET of the whole object say.</summary>
    public static StoredObject Describe(S3Uri uri, GetObjectResponse get) =>
        new(uri, get.ContentLength, Utc(get.LastModified), Bare(get.ETag), NullIfEmpty(get.Headers.ContentType), Metadata(get.Metadata))
        {
            StorageClass = Class(get.StorageClass),
        };

    /// <summary>An entry of a listing.</summary>
    public static ListedObject List(S3Object listed, bool encoded) =>
        new(Key(listed.Key, encoded), listed.Size ?? 0, Utc(listed.LastModified), Bare(listed.ETag), Class(listed.StorageClass));

    /// <summary>A key or prefix as a listing has it: URL-encoded where that was asked for and granted; AWS writes a space as a plus.</summary>
    public static string Key(string listed, bool encoded) => encoded ? Uri.UnescapeDataString(listed.Replace('+', ' ')) : listed;

    /// <summary>An ETag without its quotes.</summary>
    public static string Bare(string? etag) => etag?.Trim('"') ?? "";

    private static ImmutableDictionary<string, string> Metadata(MetadataCollection metadata) =>
        metadata.Keys.ToImmutableDictionary(
            name => (name.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase) ? name[MetadataPrefix.Length..] : name).ToLowerInvariant(),
            name => metadata[name]);

    private static DateTimeOffset Utc(DateTime? time) => time is { } known ? new DateTimeOffset(known.ToUniversalTime()) : default;

    private static string? Class(string? storageClass) => storageClass is null or "" or "STANDARD" ? null : storageClass;

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
