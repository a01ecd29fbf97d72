using System.Globalization;
using DeltaGlider.Core.Model;

namespace DeltaGlider.TestKit;

/// <summary>Deltaspaces that have the right metadata and no content worth the name: for whatever only counts.</summary>
public static class SparseSpace
{
    /// <summary>Plants deltas, and a reference where it is given a size.</summary>
    public static void Plant(
        MemoryStore store, string bucket, string prefix, IEnumerable<(string Name, long Size, int Stored)> deltas, int? referenceSize)
    {
        if (referenceSize is { } size) store.Put(new S3Uri(bucket, prefix + "reference.bin"), new byte[size], Metadata(size, null));
        foreach (var (name, fileSize, stored) in deltas)
            store.Put(new S3Uri(bucket, $"{prefix}{name}.delta"), new byte[stored], Metadata(fileSize, new string('a', 64)));
    }

    private static Dictionary<string, string> Metadata(long size, string? referenceSha256)
    {
        var metadata = new Dictionary<string, string>
        {
            ["dg-file-sha256"] = new string('b', 64),
            ["dg-file-size"] = size.ToString(CultureInfo.InvariantCulture),
        };
        if (referenceSha256 is null) return metadata;
        metadata["dg-ref-sha256"] = referenceSha256;
        metadata["dg-ref-path"] = "reference.bin";
        return metadata;
    }
}
