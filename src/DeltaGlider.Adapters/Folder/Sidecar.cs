using System.Collections.Immutable;
using System.Text.Json;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Adapters.Folder;

/// <summary>What the folder store keeps about an object. The object exists exactly while its sidecar does.</summary>
internal sealed record Sidecar
{
    /// <summary>The form of this record.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The object's key, to the letter.</summary>
    public required string Key { get; init; }

    /// <summary>Its bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The MD5 of its bytes.</summary>
    public required string ETag { get; init; }

    /// <summary>When it was stored.</summary>
    public required DateTimeOffset LastModified { get; init; }

    /// <summary>Which data file has its bytes.</summary>
    public required string Generation { get; init; }

    /// <summary>True when the file at the key's own path is known to be this store's, so that it may be replaced.</summary>
    public bool OwnsKeyPath { get; init; }

    /// <summary>Its media type.</summary>
    public string? ContentType { get; init; }

    /// <summary>Its storage class, kept and not acted upon.</summary>
    public string? StorageClass { get; init; }

    /// <summary>Its user metadata.</summary>
    public ImmutableDictionary<string, string> Metadata { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The object as a HEAD shows it.</summary>
    public StoredObject Describe(string bucket) =>
        new(new S3Uri(bucket, Key), Size, LastModified, ETag, ContentType, Metadata) { StorageClass = StorageClass };

    /// <summary>The object as a listing shows it.</summary>
    public ListedObject List() => new(Key, Size, LastModified, ETag, StorageClass);

    /// <summary>The file's text.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, SidecarJson.Default.Sidecar);

    /// <summary>Reads a sidecar; null when there is none (any more).</summary>
    /// <exception cref="InvalidDataException">The file is not a sidecar.</exception>
    public static Sidecar? TryRead(string path)
    {
        byte[] bytes;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            bytes = new byte[file.Length];
            file.ReadExactly(bytes);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(bytes, SidecarJson.Default.Sidecar);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{path}' is not the description of an object: {e.Message}", e);
        }
    }
}
