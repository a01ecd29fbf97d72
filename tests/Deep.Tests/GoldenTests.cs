using DeltaGlider.Deep.Deflate;

namespace DeltaGlider.Deep.Tests;

/// <summary>
/// Streams that the real encoders made (GNU gzip 1.12, zlib 1.2.13 or newer, Node.js 14 and 20, .NET 10; the scripts beside
/// them say of what): unpacked and packed again, they must come out as they were, on every machine and for ever. Those of
/// Intel's zlib are our own emulation's, from when it had been held against packages of .NET 6 and 8: they only show a change.
/// </summary>
public class GoldenTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Golden");

    public static TheoryData<string> Names => [.. Directory.GetFiles(Folder, "*.gz").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_golden_stream_comes_out_as_it_was(string name)
    {
        var encoder = DeflateEncoders.All.Single(one => one.Id == EncoderOf(name));
        var golden = File.ReadAllBytes(Path.Combine(Folder, name));
        Packing.AssertSame(golden, Packing.Gzip(Packing.Gunzip(golden), encoder), name);
    }

    [Fact]
    public void The_golden_ends_tell_an_encoder_that_looks_past_the_end_from_one_that_does_not()
    {
        foreach (var path in Directory.GetFiles(Folder, "gzip-end*.gz"))
        {
            var golden = File.ReadAllBytes(path);
            Assert.NotEqual(golden, Packing.Gzip(Packing.Gunzip(golden), DeflateParameters.Zlib(6)));
        }
    }

    [Fact]
    public void Every_encoder_has_one() =>
        Assert.Empty(DeflateEncoders.All.Select(encoder => encoder.Id).Except(Names.Select(name => EncoderOf(name.Data))));

    /// <summary>A name is encoder, content and level: gzip-text-6.gz.</summary>
    private static string EncoderOf(string name)
    {
        var parts = Path.GetFileNameWithoutExtension(name).Split('-');
        return string.Join('-', [.. parts[..^2], parts[^1]]);
    }
}
