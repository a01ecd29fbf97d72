using DeltaGlider.Vcdiff.Decode;

namespace DeltaGlider.Vcdiff.Tests;

/// <summary>Compressed sections as the installed xdelta3 writes them.</summary>
public class SecondaryOracleTests
{
    private static readonly string[] Compressors = ["lzma", "djw", "fgk"];
    private static readonly string[] Levels = ["-0", "-1", "-3", "-6", "-9"];

    public static TheoryData<string, byte[], byte[]> Pairs()
    {
        var text = Samples.Text(200_000);
        var code = File.ReadAllBytes(typeof(VcdiffDecoder).Assembly.Location);
        var other = File.ReadAllBytes(typeof(TestKit.Requirement).Assembly.Location);
        return new()
        {
            { "text with many small edits", text, Samples.Edit(text, 1500, maxEdit: 12) },
            { "text against nothing", [], text },
            { "a library against another", other, code },
            { "a library with edits", code, Samples.Edit(code, 400, maxEdit: 30) },
            { "every byte value in uneven numbers", [], Uneven(150_000) },
            { "random bytes", [], Samples.Random(60_000) },
            { "text and random bytes in turns", text, InTurns(text) },
            { "one byte value only", [], Enumerable.Repeat((byte)'x', 1000).ToArray() },
            { "two byte values only", [], [.. Samples.Random(50_000).Select(value => (byte)(value & 1))] },
            { "a few bytes", [], [.. "eleven byte"u8] },
        };
    }

    [Theory, MemberData(nameof(Pairs), DisableDiscoveryEnumeration = true)]
    public void Xdelta3s_compressed_sections_decode(string name, byte[] source, byte[] target)
    {
        Assert.NotNull(name);
        using var xdelta = new Xdelta();
        foreach (var compressor in Compressors)
            foreach (var level in Levels)
                foreach (var window in new[] { "8388608", "16384" })
                {
                    var delta = xdelta.Encode(source, target, level, "-S", compressor, "-W", window);
                    Codec.AssertSame(target, Codec.Decode(source, delta, out var result));
                    Assert.Equal(result.Windows, result.VerifiedWindows);
                }
    }

    /// <summary>FGK's code goes on learning from sections that are left plain; LZMA never leaves one of 10 bytes plain.</summary>
    [Theory]
    [InlineData("djw")]
    [InlineData("fgk")]
    public async Task Windows_may_leave_any_section_plain(string compressor)
    {
        using var xdelta = new Xdelta();
        var text = Samples.Text(100_000);
        var delta = xdelta.Encode(text, InTurns(text), "-9", "-S", compressor, "-W", "16384");
        var seen = new HashSet<int>();
        using (var reader = new DeltaReader(new MemoryStream(delta), long.MaxValue))
        {
            await FileHeader.ReadAsync(reader, VcdiffLimits.Default, TestContext.Current.CancellationToken);
            while (!await reader.IsAtEndAsync(TestContext.Current.CancellationToken))
            {
                var window = await WindowHeader.ReadAsync(reader, VcdiffLimits.Default, TestContext.Current.CancellationToken);
                seen.Add(window.CompressedSections);
                var sections = new byte[window.DataLength + window.InstructionsLength + window.AddressesLength];
                await reader.ReadExactlyAsync(sections, "sections", TestContext.Current.CancellationToken);
            }
        }
        Assert.True(seen.Count >= 3, $"only {string.Join(", ", seen)}");
        Codec.AssertSame(InTurns(text), Codec.Decode(text, delta));
    }

    [Theory]
    [InlineData("lzma", 20, "-9", "-W", "16777216")]
    [InlineData("lzma", 20, "-1", "-W", "65536", "-n")]
    [InlineData("djw", 20, "-1", "-W", "1048576")]
    [InlineData("fgk", 20, "-1", "-W", "1048576")]
    [InlineData("lzma", 70, "-1", "-W", "16777216", "-B", "134217728")]
    [InlineData("lzma", 70, "-3", "-W", "8388608", "-B", "1048576")]
    [InlineData("djw", 70, "-1", "-W", "16777216", "-B", "1048576")]
    public void Large_targets_of_many_windows_decode(string compressor, int megabytes, params string[] options)
    {
        using var xdelta = new Xdelta();
        var (source, target) = Large(megabytes);
        var delta = xdelta.Encode(source, target, ["-S", compressor, .. options]);
        Codec.AssertSame(target, Codec.Decode(source, delta, out var result));
        Assert.True(result.Windows > 1);
    }

    /// <summary>Half text and half noise, and a target with an edit every few kilobytes and a megabyte of its own.</summary>
    private static (byte[] Source, byte[] Target) Large(int megabytes)
    {
        const int Megabyte = 1 << 20;
        var text = Samples.Text(Megabyte);
        var source = new byte[megabytes * Megabyte];
        var random = new Random(megabytes);
        for (var at = 0; at < megabytes; at++)
        {
            var part = source.AsSpan(at * Megabyte, Megabyte);
            if (at % 2 == 0) text.AsSpan().CopyTo(part);
            else random.NextBytes(part);
            // No two megabytes of text are the same.
            for (var change = 0; change < 2000; change++) part[random.Next(Megabyte)] = (byte)random.Next(32, 127);
        }
        var target = source.ToArray();
        for (var edit = 0; edit < megabytes * 200; edit++)
        {
            var size = random.Next(1, 40);
            text.AsSpan(random.Next(Megabyte - size), size).CopyTo(target.AsSpan(random.Next(target.Length - size)));
        }
        return (source, [.. target, .. Samples.Text(Megabyte, 5)]);
    }

    private static byte[] InTurns(byte[] text)
    {
        var target = new List<byte>();
        for (var turn = 0; turn < 6; turn++)
        {
            target.AddRange(Samples.Text(10_000 + turn * 4000, turn + 50));
            target.AddRange(Samples.Random(9_000, turn));
            target.AddRange(text.AsSpan(turn * 10_000, 20_000));
        }
        return [.. target];
    }

    private static byte[] Uneven(int length)
    {
        var random = new Random(8);
        var bytes = new byte[length];
        for (var at = 0; at < length; at++) bytes[at] = (byte)(256 * Math.Pow(random.NextDouble(), 4));
        return bytes;
    }
}
