using System.IO.Compression;
using System.Text;

namespace DeltaGlider.Deep.Tests;

/// <summary>Makes archives of two versions of the same members.</summary>
internal static class Archives
{
    /// <summary>Members like those of a release: code that changes a little, text that does not, something that is packed already.</summary>
    public static IReadOnlyList<(string Name, byte[] Content)> Members(int version)
    {
        var members = new List<(string, byte[])>();
        for (var i = 0; i < 6; i++) members.Add(($"lib/part{i}.dll", Program(60_000 + 7_000 * i, i, version)));
        members.Add(("README.md", Samples.Of("text", 30_000, 77)));
        members.Add(("image.png", Samples.Of("random", 20_000, 78)));
        members.Add(("version.txt", Encoding.ASCII.GetBytes($"version 1.{version}\n")));
        members.Add(($"data/table-{version}.json", Edit(Samples.Of("text", 90_000, 79), version)));
        return members;
    }

    public static byte[] Zip(IEnumerable<(string Name, byte[] Content)> members, CompressionLevel level = CompressionLevel.Optimal, bool seekable = true)
    {
        using var file = new MemoryStream();
        // A stream that cannot seek gets sizes behind its members, in data descriptors.
        using (var zip = new ZipArchive(seekable ? file : new PipeLike(file), ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in members)
            {
                var entry = zip.CreateEntry(name, name.EndsWith(".png", StringComparison.Ordinal) ? CompressionLevel.NoCompression : level);
                entry.LastWriteTime = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var stream = entry.Open();
                stream.Write(content);
            }
        }

        return file.ToArray();
    }

    /// <summary>The members one after the other, as a tar would have them.</summary>
    public static byte[] Joined(IEnumerable<(string Name, byte[] Content)> members) =>
        [.. members.SelectMany(member => (byte[])[.. Encoding.ASCII.GetBytes(member.Name.PadRight(512, '\0')), .. member.Content])];

    /// <summary>Bytes that change in a few places.</summary>
    public static byte[] Edit(byte[] bytes, int version)
    {
        var random = new Random(version);
        for (var i = 0; i < version * 20; i++) bytes[random.Next(bytes.Length)] ^= (byte)random.Next(1, 256);
        return bytes;
    }

    /// <summary>Something like code: addresses everywhere, which move when something is put in before them.</summary>
    private static byte[] Program(int length, int seed, int version)
    {
        var random = new Random(seed);
        var bytes = Samples.Of("mix", length, seed + 1);
        for (var at = 0; at + 4 <= length; at += 20 + random.Next(30)) BitConverter.TryWriteBytes(bytes.AsSpan(at), random.Next(100_000) + version * 64);
        return bytes;
    }

    private sealed class PipeLike(Stream inner) : WriteOnlyStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);
    }
}
