using System.Buffers.Binary;
using System.Diagnostics;
using DeltaGlider.TestKit;
using DeltaGlider.Vcdiff.Checksum;
using DeltaGlider.Vcdiff.Memory;
using DeltaGlider.Vcdiff.Secondary.Lzma;

namespace DeltaGlider.Vcdiff.Tests;

/// <summary>Sections that the LZMA encoder writes: read here, by xz, and by xdelta3.</summary>
public class SecondaryLzmaEncoderTests
{
    private static readonly LzmaProperties[] AllProperties =
    [
        new(0, 0, 0), new(3, 0, 2), new(4, 0, 4), new(0, 4, 0), new(2, 2, 1), new(1, 3, 3), new(0, 2, 2),
    ];

    private static LzmaEffort Effort(string name) => name switch
    {
        "quick" => LzmaEffort.Quick,
        "fast" => LzmaEffort.Fast,
        "normal" => LzmaEffort.Normal,
        _ => LzmaEffort.Best,
    };

    public static TheoryData<string, string, byte[]> Sections()
    {
        var text = Samples.Text(150_000);
        byte[][] sections =
        [
            [1], [1, 1], [1, 2, 3], [.. "abcabcabcabc"u8], new byte[100], new byte[3_000_000],
            text, Samples.Edit(text, 900), Samples.Random(200_000),
            [.. text, .. Samples.Random(150_000), .. text, .. Samples.Random(70_000, 2), .. text],
            [.. Samples.Random(300_000), .. Samples.Random(300_000)],
            File.ReadAllBytes(typeof(VcdiffDecoder).Assembly.Location),
            [.. Samples.Random(100_000).Select(value => (byte)(value & 3))],
            [.. Enumerable.Range(0, 300_000).Select(at => (byte)(at % 5 == 0 ? at / 700 : at % 5))],
            [.. Enumerable.Range(0, 100_000).SelectMany(at => BitConverter.GetBytes(at * 37))],
        ];
        var data = new TheoryData<string, string, byte[]>();
        foreach (var effort in new[] { "quick", "fast", "normal", "best" })
            for (var at = 0; at < sections.Length; at++) data.Add(effort, $"section {at}", sections[at]);
        return data;
    }

    [Theory, MemberData(nameof(Sections), DisableDiscoveryEnumeration = true)]
    public void Own_decoder_reads_it(string effort, string name, byte[] section)
    {
        Assert.NotNull(name);
        AssertRoundTrip(Effort(effort), section);
    }

    [Theory]
    [InlineData("quick")]
    [InlineData("fast")]
    [InlineData("normal")]
    public void All_contexts_and_small_dictionaries_work(string effort)
    {
        byte[] section = [.. Samples.Text(40_000), .. Samples.Random(20_000), .. Samples.Text(40_000), .. new byte[5000]];
        foreach (var properties in AllProperties)
            foreach (var dictionary in new[] { 4096, 10_000, 1 << 20 })
                AssertRoundTrip(Effort(effort) with { Properties = properties, DictionaryBytes = dictionary }, section);
    }

    [Fact]
    public void Short_sections_of_few_values_work()
    {
        // Where matches, repeated matches and ends of data fall together in all ways.
        var random = new Random(17);
        for (var round = 0; round < 4000; round++)
        {
            var section = new byte[random.Next(1, 200)];
            var values = random.Next(1, 4);
            for (var at = 0; at < section.Length; at++) section[at] = (byte)random.Next(values);
            AssertRoundTrip(Effort((round % 3) switch { 0 => "quick", 1 => "fast", _ => "normal" }), section);
        }
    }

    [Fact]
    public void The_same_section_gives_the_same_bytes_after_a_restart()
    {
        var section = Samples.Text(300_000);
        foreach (var effort in new[] { LzmaEffort.Quick, LzmaEffort.Fast, LzmaEffort.Normal })
        {
            using var used = new LzmaSectionCompressor(effort);
            Compress(used, Samples.Random(500_000));
            Compress(used, Samples.Text(900_000, 3));
            used.Restart();
            using var fresh = new LzmaSectionCompressor(effort);
            Assert.Equal(Compress(fresh, section), Compress(used, section));
            byte[] mixed = [.. section[..70_000], .. Samples.Random(200_000, 6), .. section[..9_000]];
            used.Restart();
            using var other = new LzmaSectionCompressor(effort);
            Assert.Equal(Compress(other, mixed), Compress(used, mixed));
        }
    }

    [Fact]
    public void More_effort_gives_less()
    {
        var section = Samples.Edit(Samples.Text(400_000), 2000);
        var sizes = new[] { LzmaEffort.Quick, LzmaEffort.Fast, LzmaEffort.Normal, LzmaEffort.Best }.Select(effort =>
        {
            using var compressor = new LzmaSectionCompressor(effort);
            return Compress(compressor, section)!.Length;
        }).ToArray();
        Assert.True(sizes[0] > sizes[1] && sizes[1] > sizes[2] && sizes[2] >= sizes[3], string.Join(", ", sizes));
    }

    [Fact]
    public void What_does_not_shrink_is_left_alone()
    {
        using var compressor = new LzmaSectionCompressor(LzmaEffort.Fast);
        using var output = new NativeBuffer();
        output.Append("before"u8);
        Assert.False(compressor.TryCompress(Samples.Random(100_000), output, CancellationToken.None));
        compressor.Restart();
        Assert.False(compressor.TryCompress([], output, CancellationToken.None));
        Assert.Equal("before"u8.ToArray(), output.Span.ToArray());
    }

    [Fact]
    public void Xz_reads_it()
    {
        var program = Requirement.FindProgram("xz");
        Requirement.Demand("xz", program != null, "install xz-utils and have it on PATH");
        var section = Samples.Edit(Samples.Text(400_000), 2000);
        var path = Path.Combine(Directory.CreateTempSubdirectory("xz").FullName, "section.xz");
        foreach (var effort in new[] { LzmaEffort.Quick, LzmaEffort.Fast, LzmaEffort.Normal, LzmaEffort.Best })
        {
            using var compressor = new LzmaSectionCompressor(effort);
            File.WriteAllBytes(path, EndStream(Header(effort), Compress(compressor, section)!, section.Length));
            using var process = Process.Start(new ProcessStartInfo(program!, ["-dc", path]) { RedirectStandardOutput = true })!;
            var plain = new MemoryStream();
            process.StandardOutput.BaseStream.CopyTo(plain);
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
            Codec.AssertSame(section, plain.ToArray());
        }
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("normal")]
    [InlineData("best")]
    public void Xdelta3_and_the_decoder_read_windows_of_it(string effort)
    {
        using var xdelta = new Xdelta();
        using var compressor = new LzmaSectionCompressor(Effort(effort));
        var target = new List<byte>();
        var delta = new DeltaBuilder(1, 2);
        var isFirst = true;
        for (var window = 0; window < 6; window++)
        {
            byte[] plain = window % 3 == 1
                ? Samples.Random(5000, window)
                : [.. Samples.Text(200_000, window / 3), .. Samples.Random(window * 30_000), .. Samples.Text(70_000, window)];
            var chunks = Compress(compressor, plain);
            Assert.Equal(window % 3 == 1, chunks == null);
            byte[] data = plain;
            if (chunks == null) compressor.Restart();
            if (chunks != null)
            {
                data = [.. DeltaBuilder.Varint(plain.Length), .. isFirst ? Header(Effort(effort)) : [], .. chunks];
                isFirst = false;
            }
            delta.Window(plain.Length, data, [1, .. DeltaBuilder.Varint(plain.Length)], [],
                deltaIndicator: (byte)(chunks != null ? 1 : 0), adler: Adler32.Compute(plain));
            target.AddRange(plain);
        }
        Codec.AssertSame([.. target], Codec.Decode([], delta.ToArray()));
        Codec.AssertSame([.. target], xdelta.Decode([1], delta.ToArray()));
    }

    private static void AssertRoundTrip(LzmaEffort effort, byte[] section)
    {
        using var compressor = new LzmaSectionCompressor(effort);
        var compressed = Compress(compressor, section);
        if (compressed == null) return;
        Assert.True(compressed.Length < section.Length);
        using var decompressor = new LzmaSectionDecompressor(1 << 24);
        var decoded = new byte[section.Length];
        decompressor.Decompress([.. Header(effort), .. compressed], decoded, CancellationToken.None);
        Codec.AssertSame(section, decoded);
    }

    private static byte[]? Compress(LzmaSectionCompressor compressor, byte[] section)
    {
        using var output = new NativeBuffer();
        return compressor.TryCompress(section, output, CancellationToken.None) ? output.Span.ToArray() : null;
    }

    private static byte[] Header(LzmaEffort effort)
    {
        using var output = new NativeBuffer();
        XzHeader.Write(output, effort.DictionaryBytes);
        return output.Span.ToArray();
    }

    /// <summary>The end that a delta never has: the end of the chunks, the index and the footer of an .xz file.</summary>
    private static byte[] EndStream(byte[] header, byte[] chunks, int plainLength)
    {
        const int StreamHeader = 12;
        var unpadded = header.Length - StreamHeader + chunks.Length + 1;
        byte[] index = Pad([0, 1, .. XzVarint(unpadded), .. XzVarint(plainLength)]);
        index = [.. index, .. Crc(index)];
        var backward = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(backward, index.Length / 4 - 1);
        byte[] footer = [.. backward, 0, 0];
        return [.. Pad([.. header, .. chunks, 0]), .. index, .. Crc(footer), .. footer, (byte)'Y', (byte)'Z'];
    }

    private static byte[] Pad(byte[] bytes) => [.. bytes, .. new byte[(4 - bytes.Length % 4) % 4]];

    private static byte[] Crc(byte[] bytes)
    {
        var crc = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(crc, XzHeader.Crc32(bytes));
        return crc;
    }

    private static byte[] XzVarint(int value)
    {
        var digits = new List<byte>();
        for (; value >= 0x80; value >>= 7) digits.Add((byte)(value | 0x80));
        return [.. digits, (byte)value];
    }
}
