using System.IO.Compression;
using DeltaGlider.Deep.Deflate;
using DeltaGlider.Deep.Inflate;

namespace DeltaGlider.Deep.Tests;

/// <summary>The inflater against streams of many packers, cut short, and damaged.</summary>
public class InflaterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_packers_streams_come_out_and_end_where_they_end()
    {
        foreach (var kind in Samples.Kinds)
        {
            foreach (var size in new[] { 0, 1, 300, 70_000, 1_000_000 })
            {
                var content = Samples.Of(kind, size);
                foreach (var packed in Streams(content))
                {
                    // Something follows, which must not be taken for a part of the stream.
                    var (result, plain) = Inflate([.. packed, 1, 2, 3, 4, 5, 6, 7, 8, 9], size);
                    Assert.Equal(new InflateResult(InflateStatus.Ended, packed.Length, size), result);
                    Packing.AssertSame(content, plain, kind);
                    // Nor may it be needed.
                    Assert.Equal(InflateStatus.Ended, Inflate(packed, size).Result.Status);
                }
            }
        }
    }

    [Fact]
    public void A_stream_that_is_cut_short_is_truncated_wherever_it_is_cut()
    {
        var content = Samples.Of("mix", 20_000);
        foreach (var packed in Streams(content))
        {
            for (var length = 0; length < packed.Length; length += 1 + length / 50)
            {
                var (result, plain) = Inflate(packed[..length], content.Length);
                Assert.Equal(InflateStatus.Truncated, result.Status);
                Packing.AssertSame(content.AsSpan(0, (int)result.Produced), plain, "what came before the cut");
            }
        }
    }

    [Fact]
    public void No_more_than_the_declared_bytes_are_written()
    {
        var content = Samples.Of("text", 30_000);
        foreach (var packed in Streams(content))
        {
            foreach (var capacity in new[] { 0, 1, 257, 29_999 })
            {
                var (result, plain) = Inflate(packed, capacity);
                Assert.Equal(InflateStatus.OutputFull, result.Status);
                Packing.AssertSame(content.AsSpan(0, (int)result.Produced), plain, "what fitted in");
            }
        }
    }

    [Theory]
    [InlineData("a reserved kind of block", "07")]
    [InlineData("a stored block with a wrong check", "0105000000")]
    [InlineData("more literal codes than there are", "FD00000000000000000000")]
    [InlineData("a distance before the start", "030200")]
    [InlineData("a repeat of no length", "050080FFFFFFFFFF")]
    public void Bits_that_the_format_does_not_allow_are_damage(string why, string hex)
    {
        var bytes = Convert.FromHexString(hex);
        var status = Inflate([.. bytes, .. new byte[64]], 1000).Result.Status;
        Assert.True(status is InflateStatus.Damaged, $"{why}: {status}");
    }

    [Fact]
    public void What_is_flipped_gives_what_the_platform_gives()
    {
        // The platform's inflater as an oracle: both refuse, or both give the same bytes.
        var content = Samples.Of("text", 3_000);
        var packed = Streams(content).First();
        for (var bit = 0; bit < packed.Length * 8; bit += 3)
        {
            var bytes = packed.ToArray();
            bytes[bit / 8] ^= (byte)(1 << bit % 8);
            var (result, plain) = Inflate(bytes, 100_000);
            if (result.Status != InflateStatus.Ended) continue;
            using var stream = new DeflateStream(new MemoryStream(bytes), CompressionMode.Decompress);
            using var theirs = new MemoryStream();
            stream.CopyTo(theirs);
            Packing.AssertSame(theirs.ToArray(), plain, $"bit {bit}");
        }
    }

    private static IEnumerable<byte[]> Streams(byte[] content)
    {
        foreach (var level in new[] { CompressionLevel.NoCompression, CompressionLevel.Fastest, CompressionLevel.Optimal, CompressionLevel.SmallestSize })
        {
            using var packed = new MemoryStream();
            using (var stream = new DeflateStream(packed, level, leaveOpen: true)) stream.Write(content);
            // It writes nothing at all for no content.
            if (packed.Length > 0) yield return packed.ToArray();
        }

        foreach (var parameters in new[] { DeflateParameters.Zlib(6), DeflateParameters.GnuGzip(1), DeflateParameters.Zlib(9) })
            yield return Packing.Deflate(content, parameters);
    }

    private static unsafe (InflateResult Result, byte[] Plain) Inflate(byte[] packed, int capacity)
    {
        // Of just the right size, so that the runtime's checks of its heap notice writes beyond it.
        var output = new byte[capacity];
        fixed (byte* from = packed, to = output)
        {
            byte none = 0;
            var result = new Inflater().Run(packed.Length == 0 ? &none : from, packed.Length, capacity == 0 ? &none : to, capacity, Cancellation);
            return (result, output[..(int)result.Produced]);
        }
    }
}
