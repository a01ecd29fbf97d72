using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;

namespace DeltaGlider.Torture.Tests;

/// <summary>Looks at a bucket's raw keys.</summary>
internal sealed class Survey(IObjectStore store, string bucket)
{
    /// <summary>What lies there beside the objects, by kind; what is no kind that a kill may leave is called foreign.</summary>
    public async IAsyncEnumerable<string> LeftoversAsync(string prefix)
    {
        var keys = (await KeysAsync(prefix)).ToHashSet(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            var name = key[(key.LastIndexOf('/') + 1)..];
            var folder = key[..(key.LastIndexOf('/') + 1)];
            if (name == DeltaSpace.ReferenceName && !keys.Any(other => DeltaSpace.IsDeltaKey(other) && DeltaSpace.Of(new S3Uri(bucket, other)).Prefix == folder)) yield return "unused reference";
            if (DeltaSpace.IsDeltaKey(key) && keys.Contains(DeltaSpace.LogicalKeyOf(key))) yield return "superseded variant";
        }
    }

    /// <summary>How many objects lie in the tool's own part of the bucket.</summary>
    public async Task<int> TemporariesAsync() => (await KeysAsync(DeltaSpace.InternalPrefix)).Count;

    /// <summary>Every object below a prefix in words, for the report of a loss.</summary>
    public async Task<IReadOnlyList<string>> DescribeAsync(string prefix)
    {
        var lines = new List<string>();
        foreach (var key in (await KeysAsync(prefix)).Concat(await KeysAsync(DeltaSpace.InternalPrefix)).Take(24))
        {
            var found = await store.FindAsync(new S3Uri(bucket, key), CancellationToken.None);
            var metadata = found is null ? null : MetadataReader.Read(found.Metadata);
            lines.Add($"{key} {found?.Size} {metadata?.FileSha256?.ToString()[..8]} of {metadata?.ReferenceSha256?.ToString()[..8]} made {metadata?.CreatedAt:HH:mm:ss.ffffff} kept {found?.LastModified:HH:mm:ss.fff}");
        }

        return lines;
    }

    public async Task EmptyAsync()
    {
        foreach (var key in await KeysAsync("")) await store.DeleteAsync(new S3Uri(bucket, key), null, CancellationToken.None);
    }

    private async Task<List<string>> KeysAsync(string prefix)
    {
        var keys = new List<string>();
        await foreach (var page in store.ListAsync(new ListRequest(bucket, prefix), CancellationToken.None)) keys.AddRange(page.Objects.Select(listed => listed.Key));
        return keys;
    }
}
