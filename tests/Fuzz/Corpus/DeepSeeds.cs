using System.Text;
using DeltaGlider.Deep;
using DeltaGlider.Deep.Deflate;
using DeltaGlider.Deep.Gzip;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Fuzz.Corpus;

/// <summary>Small archives and the deep deltas between them, made on the fly: always the same.</summary>
internal static class DeepSeeds
{
    /// <summary>Archives: gzip files of one and of several members, zip files with deflated and stored ones, some with bytes in front.</summary>
    public static IReadOnlyList<byte[]> Archives() =>
    [
        .. Enumerable.Range(1, 2).SelectMany(version => new[]
        {
            Gzip(Text(version, 6000), 6), [.. Gzip(Text(version, 3000), 9), .. Gzip(Text(version + 5, 500), 1)],
            Zip(version, 6), [.. Text(9, 300), .. Zip(version, 9)],
        }),
    ];

    /// <summary>Deltas between them, with their references.</summary>
    public static IReadOnlyList<Seed> Deltas()
    {
        var archives = Archives();
        var seeds = new List<Seed>();
        var half = archives.Count / 2;
        for (var i = 0; i < half; i++)
        {
            foreach (var (one, two) in new[] { (archives[i], archives[i + half]), (archives[i], archives[half + (i + 1) % half]) })
            {
                using var reference = SourceBuffer.CopyOf(one);
                using var target = SourceBuffer.CopyOf(two);
                using var delta = new MemoryStream();
                var result = new DeepEncoder(reference, null, new DeepOptions { MaxShareOfPlain = 100 }).EncodeAsync(target, delta).AsTask().GetAwaiter().GetResult();
                if (result.IsDeep) seeds.Add(new Seed($"deep/{seeds.Count}", one, delta.ToArray()));
            }
        }

        return seeds;
    }

    /// <summary>Bare deflate streams, with what they hold.</summary>
    public static IReadOnlyList<byte[]> Streams() =>
    [
        .. new[] { DeflateParameters.Zlib(1), DeflateParameters.Zlib(6), DeflateParameters.GnuGzip(9) }
            .SelectMany(parameters => Enumerable.Range(0, 5).Select(size => Deflate(Text(size, 1 << 3 * size), parameters))),
        Deflate(new FuzzRandom(5, 0).Bytes(3000), DeflateParameters.Zlib(6)),
        Deflate(new byte[20_000], DeflateParameters.Zlib(9)),
    ];

    private static byte[] Text(int version, int length)
    {
        var random = new FuzzRandom(3, 0);
        var text = new StringBuilder($"version {version} of this\n");
        while (text.Length < length) text.Append((char)('a' + random.Next(6) * random.Next(4))).Append(text.Length % 700 < 4 ? version : 0);
        return Encoding.ASCII.GetBytes(text.ToString(0, length));
    }

    private static byte[] Deflate(byte[] content, DeflateParameters parameters)
    {
        using var packed = new MemoryStream();
        var encoder = new DeflateEncoder(parameters, packed);
        encoder.Append(content);
        encoder.Finish();
        return packed.ToArray();
    }

    private static byte[] Gzip(byte[] content, int level)
    {
        using var packed = new MemoryStream();
        packed.Write(GzipHeader.OfPipe(level).Bytes.Span);
        using var body = new GzipBodyWriter(DeflateParameters.GnuGzip(level), packed);
        body.Write(content);
        body.Finish();
        return packed.ToArray();
    }

    private static byte[] Zip(int version, int level)
    {
        using var file = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(file, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < 4; i++)
            {
                // Stored, so that the bytes do not depend on the runtime's zlib; what is in it is deflated already.
                using var entry = zip.CreateEntry($"m{i}", System.IO.Compression.CompressionLevel.NoCompression).Open();
                entry.Write(Text(version * (i % 2), 400 * i + 60));
            }
        }

        return Deflated(file.ToArray(), version, level);
    }

    /// <summary>A zip by hand behind the platform's: its members deflated by an encoder of ours.</summary>
    private static byte[] Deflated(byte[] stored, int version, int level)
    {
        using var file = new MemoryStream();
        using var directory = new MemoryStream();
        for (ushort i = 0; i < 4; i++)
        {
            var content = Text(version * (i % 2) + i, 900 * i + 100);
            var packed = Deflate(content, DeflateParameters.Zlib(level));
            byte[] name = Encoding.ASCII.GetBytes($"dir/name{i}.txt");
            byte[] common = [20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. BitConverter.GetBytes(packed.Length), .. BitConverter.GetBytes(content.Length), (byte)name.Length, 0, 0, 0];
            directory.Write([0x50, 0x4B, 1, 2, 20, 0, .. common, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. BitConverter.GetBytes((int)file.Position), .. name]);
            file.Write([0x50, 0x4B, 3, 4, .. common, .. name, .. packed]);
        }

        var start = (int)file.Position;
        file.Write([.. directory.ToArray(), 0x50, 0x4B, 5, 6, 0, 0, 0, 0, 4, 0, 4, 0, .. BitConverter.GetBytes((int)directory.Length), .. BitConverter.GetBytes(start), 0, 0]);
        return version == 1 ? file.ToArray() : [.. stored.AsSpan(0, 200), .. file.ToArray()];
    }
}
