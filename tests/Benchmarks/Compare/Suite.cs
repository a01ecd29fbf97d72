using System.Formats.Tar;
using System.IO.Compression;
using System.Reflection;

namespace DeltaGlider.Benchmarks.Compare;

/// <summary>
/// The pairs of <c>compare --suite</c>: real archives as they are, the same unpacked into tars, and synthetic cases that
/// stress one thing each. Everything is made in a folder of its own; same suite, same bytes.
/// </summary>
internal sealed class Suite : IDisposable
{
    private const int MiB = 1 << 20;
    private readonly string _folder = Directory.CreateTempSubdirectory("deltaglider-suite-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static IEnumerable<Pair> Archives() => Packages("Archive").Select(one => new Pair($"{one.Id} .nupkg", "archives", one.Paths[0], one.Paths[1]));

    /// <summary>The packages that the project file lists, with the path of each of their versions.</summary>
    public static IEnumerable<(string Id, List<string> Versions, List<string> Paths)> Packages(string kind)
    {
        var metadata = typeof(Suite).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToList();
        var root = metadata.Single(one => one.Key == "PackageFolder").Value!;
        foreach (var package in metadata.Where(one => one.Key.StartsWith(kind + ":", StringComparison.Ordinal)))
        {
            var id = package.Key[(kind.Length + 1)..];
            var versions = package.Value!.Split(' ').ToList();
            yield return (id, versions, [.. versions.Select(version => Path.Combine(root, id.ToLowerInvariant(), version, $"{id.ToLowerInvariant()}.{version}.nupkg"))]);
        }
    }

    /// <summary>The members of each archive, uncompressed, in one tar: what a release looks like before it is packed.</summary>
    public IEnumerable<Pair> Tars() =>
        Archives().Select(pair => new Pair(pair.Name.Replace(".nupkg", ".tar", StringComparison.Ordinal), "tars", ToTar(pair.Reference), ToTar(pair.Target)));

    public IEnumerable<Pair> Synthetic()
    {
        yield return Make("1 byte in 200 MB", 200, 1, source =>
        {
            var target = source.ToArray();
            target[123 * MiB] ^= 1;
            return target;
        });
        yield return Make("1 MB inserted in 500 MB", 500, 2, source => [.. source.AsSpan(0, 3 * MiB), .. Random(99, MiB), .. source.AsSpan(3 * MiB)]);
        yield return Make("halves of 300 MB swapped", 300, 3, source => [.. source.AsSpan(source.Length / 2), .. source.AsSpan(0, source.Length / 2)]);
        yield return Make("64 MB unrelated", 64, 4, source => Random(98, source.Length));
        yield return Make("1 % of 100 MB edited", 100, 5, EditOnePercent);
    }

    private static byte[] EditOnePercent(byte[] source)
    {
        // 10,000 places, each with 100 bytes replaced by bytes copied from elsewhere: new bytes alone would be 1 MB of
        // incompressible data in any delta.
        var target = source.ToArray();
        var random = new Random(97);
        for (var edit = 0; edit < 10_000; edit++)
        {
            var to = random.Next(target.Length - 100);
            source.AsSpan(random.Next(source.Length - 100), 100).CopyTo(target.AsSpan(to));
        }

        return target;
    }

    private Pair Make(string name, int megabytes, int seed, Func<byte[], byte[]> change)
    {
        var reference = Path.Combine(_folder, $"{seed}.ref");
        var target = Path.Combine(_folder, $"{seed}.tgt");
        var source = Random(seed, megabytes * MiB);
        File.WriteAllBytes(reference, source);
        File.WriteAllBytes(target, change(source));
        return new Pair(name, "synthetic", reference, target);
    }

    private static byte[] Random(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private string ToTar(string package)
    {
        var path = Path.Combine(_folder, Path.GetFileName(package) + ".tar");
        using var zip = ZipFile.OpenRead(package);
        using var tar = new TarWriter(File.Create(path), TarEntryFormat.Ustar);
        foreach (var member in zip.Entries.Where(member => member.Length > 0).OrderBy(member => member.FullName, StringComparer.Ordinal))
        {
            using var content = new MemoryStream();
            using (var stream = member.Open()) stream.CopyTo(content);
            content.Position = 0;
            var name = member.FullName.Length <= 100 ? member.FullName : member.FullName[^100..];
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = content, ModificationTime = DateTimeOffset.UnixEpoch });
        }

        return path;
    }
}
