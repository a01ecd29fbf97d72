using System.Collections.Immutable;
using System.Text.Json;
using DeltaGlider.Core.Model;

namespace DeltaGlider.TestKit;

/// <summary>
/// A bucket that the Python DeltaGlider 6.1.2 wrote with xdelta3 3.0.11, with the files that went in. A test project
/// that uses it copies <c>tests/fixtures/python-6.1</c> into its output as <c>python-6.1</c>.
/// </summary>
public sealed class PythonBucket
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    private readonly string _root;

    private PythonBucket(string root, Manifest manifest)
    {
        _root = root;
        Objects = manifest.Objects;
        Files = manifest.Files;
    }

    /// <summary>What lies in the bucket.</summary>
    public ImmutableArray<BucketObject> Objects { get; }

    /// <summary>What was put into it, under logical names.</summary>
    public ImmutableArray<OriginalFile> Files { get; }

    /// <summary>Reads the fixture beside the running test.</summary>
    public static PythonBucket Load()
    {
        var root = Path.Combine(AppContext.BaseDirectory, "python-6.1");
        var manifest = JsonSerializer.Deserialize<Manifest>(File.ReadAllBytes(Path.Combine(root, "manifest.json")), Options)!;
        return new PythonBucket(root, manifest);
    }

    /// <summary>Lays the bucket out in a store.</summary>
    public void PlantIn(MemoryStore store, string bucket)
    {
        foreach (var one in Objects)
            store.Put(new S3Uri(bucket, one.Key), Bytes(one.File), one.Metadata, one.ContentType);
    }

    /// <summary>A file of the fixture.</summary>
    public byte[] Bytes(string path) => File.ReadAllBytes(Path.Combine(_root, path));

    /// <summary>A stored object.</summary>
    public sealed record BucketObject(string Key, string File, string ContentType, ImmutableDictionary<string, string> Metadata);

    /// <summary>A file that was put in.</summary>
    public sealed record OriginalFile(string Key, string Original, long Size, string Sha256);

    private sealed record Manifest(ImmutableArray<BucketObject> Objects, ImmutableArray<OriginalFile> Files);
}
