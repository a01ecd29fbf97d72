using System.IO.Compression;
using DeltaGlider.Deep.Container;
using DeltaGlider.Deep.Deflate;
using DeltaGlider.TestKit;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Deep.Tests;

/// <summary>Whole deltas between archives: they come back bit for bit, small, and the same whoever works at them.</summary>
public class DeepDeltaTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_zlib_zip_is_a_fraction_of_its_plain_delta()
    {
        var (delta, result) = await EncodeAsync(Zlib(1), Zlib(2));
        Assert.True(result.IsDeep);
        Assert.Equal(result.StreamBytes, result.ExactBytes);
        Assert.InRange(delta.Length, 1, result.PlainDeltaBytes / 5);
        await AssertRestoresAsync(Zlib(1), delta, Zlib(2));
    }

    [Theory]
    [InlineData(CompressionLevel.Optimal, true)]
    [InlineData(CompressionLevel.Fastest, false)]
    [InlineData(CompressionLevel.SmallestSize, true)]
    [InlineData(CompressionLevel.NoCompression, true)]
    public async Task Whatever_the_platform_packs_comes_back(CompressionLevel level, bool seekable) =>
        await AssertRoundTripAsync(Archives.Zip(Archives.Members(1), level, seekable), Archives.Zip(Archives.Members(2), level, seekable));

    [Theory]
    [InlineData("gzip", "-c")]
    [InlineData("gzip", "-9c")]
    [InlineData("pigz", "-c")]
    [InlineData("libdeflate-gzip", "-c")]
    public async Task Whatever_a_tool_packs_from_a_pipe_comes_back(string program, string option)
    {
        var tool = Tool.Demand(program);
        byte[] one = Archives.Joined(Archives.Members(1)), two = Archives.Joined(Archives.Members(2));
        await AssertRoundTripAsync(tool.Run(one, option), tool.Run(two, option));
    }

    [Theory]
    [InlineData("zip", "-q", "-r")]
    [InlineData("zip", "-q", "-r", "-1")]
    [InlineData("7z", "a", "-tzip", "-bso0", "-mmt=1")]
    [InlineData("jar", "-c", "-f")]
    public async Task Whatever_a_tool_packs_into_a_zip_comes_back(string program, params string[] options)
    {
        var tool = Tool.Demand(program);
        using var folder = new TempFolder();
        var files = new List<byte[]>();
        foreach (var version in new[] { 1, 2 })
        {
            var root = Path.Combine(folder.Path, $"v{version}");
            foreach (var (name, content) in Archives.Members(version))
            {
                var path = Path.Combine(root, name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(path, content);
            }

            var archive = Path.Combine(folder.Path, $"{version}.zip");
            tool.Run(default, [.. options, archive, root]);
            files.Add(File.ReadAllBytes(archive));
        }

        await AssertRoundTripAsync(files[0], files[1]);
    }

    [Fact]
    public async Task A_stream_of_an_encoder_that_is_known_but_for_its_end_comes_back()
    {
        // The end is somebody else's: another final block, of the same bytes.
        var content = Archives.Joined(Archives.Members(2));
        byte[] Pack(byte[] all)
        {
            var body = Packing.Deflate(all, DeflateParameters.Zlib(6));
            return [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, .. Reflush(body), 1, 2, 3, 4, 5, 6, 7, 8];
        }

        var (delta, result) = await EncodeAsync(Pack(Archives.Joined(Archives.Members(1))), Pack(content));
        Assert.True(result.IsDeep);
        Assert.InRange(result.ExactBytes, result.StreamBytes - 65_536, result.StreamBytes - 1);
        await AssertRestoresAsync(Pack(Archives.Joined(Archives.Members(1))), delta, Pack(content));
    }

    [Fact]
    public async Task A_target_that_is_no_archive_gets_a_plain_delta()
    {
        byte[] one = Samples.Of("text", 100_000), two = Archives.Edit(Samples.Of("text", 100_000), 3);
        var (delta, result) = await EncodeAsync(one, two);
        Assert.False(result.IsDeep);
        Assert.False(DeepDecoder.IsDeep(delta));
        using var reference = SourceBuffer.CopyOf(one);
        using var restored = new MemoryStream();
        await new VcdiffDecoder(reference).DecodeAsync(new MemoryStream(delta), restored, Cancellation);
        Packing.AssertSame(two, restored.ToArray(), "plain");
    }

    [Fact]
    public async Task A_reference_that_is_no_archive_does_no_harm() => await AssertRoundTripAsync(Samples.Of("text", 50_000), Zlib(2));

    [Fact]
    public async Task An_empty_reference_does_no_harm() => await AssertRoundTripAsync([], Zlib(2));

    [Fact]
    public async Task What_does_not_save_enough_is_not_written()
    {
        var (_, result) = await EncodeAsync(Zlib(1), Zlib(2), new DeepOptions { MaxShareOfPlain = 0.0001 });
        Assert.False(result.IsDeep);
        Assert.Equal(result.PlainDeltaBytes, result.DeltaBytes);
    }

    [Fact]
    public async Task What_does_not_fit_into_memory_stays_packed()
    {
        var (delta, _) = await EncodeAsync(Zlib(1), Zlib(2), new DeepOptions { MaxMemoryBytes = 600_000 });
        await AssertRestoresAsync(Zlib(1), delta, Zlib(2));
    }

    [Fact]
    public async Task Same_bytes_in_same_bytes_out_however_many_work_at_it()
    {
        byte[] one = Archives.Zip(Archives.Members(1)), two = Archives.Zip(Archives.Members(2));
        var (alone, _) = await EncodeAsync(one, two, new DeepOptions { MaxShareOfPlain = 1 });
        var (together, _) = await EncodeAsync(one, two, new DeepOptions { MaxShareOfPlain = 1, DegreeOfParallelism = 4 });
        Assert.Equal(alone, together);
    }

    [Fact]
    public async Task A_plain_decoder_says_at_once_that_it_cannot_read_it()
    {
        var (delta, _) = await EncodeAsync(Zlib(1), Zlib(2));
        using var reference = SourceBuffer.CopyOf(Zlib(1));
        var failure = await Assert.ThrowsAsync<VcdiffException>(async () => await new VcdiffDecoder(reference).DecodeAsync(new MemoryStream(delta), Stream.Null, Cancellation));
        Assert.Equal(VcdiffError.NotVcdiff, failure.Kind);
    }

    [Fact]
    public async Task It_can_be_cancelled_wherever_it_is()
    {
        using var reference = SourceBuffer.CopyOf(Zlib(1));
        using var target = SourceBuffer.CopyOf(Zlib(2));
        foreach (var when in new[] { 0.05, 0.2, 0.5, 0.8 })
        {
            using var cancellation = new CancellationTokenSource();
            using var delta = new MemoryStream();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await new DeepEncoder(reference).EncodeAsync(target, delta, share =>
            {
                if (share >= when) cancellation.Cancel();
            }, cancellation.Token));
            Assert.Equal(0, delta.Length);
        }
    }

    [Fact]
    public async Task Progress_goes_from_nothing_to_one_and_never_back()
    {
        using var reference = SourceBuffer.CopyOf(Zlib(1));
        using var target = SourceBuffer.CopyOf(Zlib(2));
        var seen = new List<double>();
        await new DeepEncoder(reference).EncodeAsync(target, Stream.Null, seen.Add, Cancellation);
        Assert.Equal(seen.Order(), seen);
        Assert.Equal(1, seen[^1]);
        Assert.InRange(seen[0], 0.001, 0.5);
    }

    internal static byte[] Zlib(int version)
    {
        // As zlib packs a zip's members, on whatever runtime this is.
        using var file = new MemoryStream();
        file.Write(Packing.ZipOf(Archives.Members(version), DeflateParameters.Zlib(6)));
        return file.ToArray();
    }

    internal static async Task<(byte[] Delta, DeepEncodeResult Result)> EncodeAsync(byte[] one, byte[] two, DeepOptions? options = null)
    {
        using var reference = SourceBuffer.CopyOf(one);
        using var target = SourceBuffer.CopyOf(two);
        using var delta = new MemoryStream();
        var result = await new DeepEncoder(reference, null, options).EncodeAsync(target, delta, null, Cancellation);
        Assert.Equal(delta.Length, result.DeltaBytes);
        Assert.Equal(result.IsDeep, ContainerFormat.IsDeep(delta.ToArray()));
        return (delta.ToArray(), result);
    }

    private static async Task AssertRoundTripAsync(byte[] one, byte[] two)
    {
        var (delta, result) = await EncodeAsync(one, two, new DeepOptions { MaxShareOfPlain = 1 });
        await AssertRestoresAsync(one, delta, two);
        TestContext.Current.SendDiagnosticMessage($"{two.Length} bytes, plain {result.PlainDeltaBytes}, deep {(result.IsDeep ? delta.Length : 0)}, exact {result.ExactBytes} of {result.StreamBytes}: {string.Join(' ', result.Encoders)}");
    }

    private static async Task AssertRestoresAsync(byte[] one, byte[] delta, byte[] two)
    {
        using var reference = SourceBuffer.CopyOf(one);
        using var restored = new MemoryStream();
        if (DeepDecoder.IsDeep(delta)) await new DeepDecoder(reference).DecodeAsync(new MemoryStream(delta), restored, Cancellation);
        else await new VcdiffDecoder(reference).DecodeAsync(new MemoryStream(delta), restored, Cancellation);
        Packing.AssertSame(two, restored.ToArray(), "what came back");
    }

    /// <summary>Changes the last byte's unused bits, which no reader looks at and no encoder sets.</summary>
    private static byte[] Reflush(byte[] deflated)
    {
        for (var bit = 7; bit >= 0; bit--)
        {
            var changed = deflated.ToArray();
            changed[^1] ^= (byte)(1 << bit);
            try
            {
                using var stream = new DeflateStream(new MemoryStream(changed), CompressionMode.Decompress);
                stream.CopyTo(Stream.Null);
                return changed;
            }
            catch (InvalidDataException)
            {
                // That bit meant something.
            }
        }

        return deflated;
    }
}
