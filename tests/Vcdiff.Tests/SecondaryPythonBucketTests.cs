using System.Security.Cryptography;
using DeltaGlider.TestKit;

namespace DeltaGlider.Vcdiff.Tests;

/// <summary>The deltas in a bucket that the Python tool wrote, with xdelta3's default LZMA.</summary>
public class SecondaryPythonBucketTests
{
    private static readonly PythonBucket Bucket = PythonBucket.Load();

    [Fact]
    public void Every_delta_of_stored_content_decodes_to_its_original()
    {
        var decoded = 0;
        foreach (var delta in Bucket.Objects.Where(one => one.Metadata.ContainsKey("dg-delta-cmd")))
        {
            var bytes = Bucket.Bytes(delta.File);
            // Compressed files that xdelta3 unpacked first: their deltas are between contents that are not here.
            if (XdeltaFileNames.TryRead(bytes) is { IsOfUnpackedContent: true }) continue;
            var reference = Bucket.Objects.Single(one => one.Key == delta.Metadata["dg-ref-key"]);
            var target = Codec.Decode(Bucket.Bytes(reference.File), bytes);
            Assert.Equal(delta.Metadata["dg-file-sha256"], Convert.ToHexStringLower(SHA256.HashData(target)));
            decoded++;
        }
        Assert.Equal(7, decoded);
    }
}
