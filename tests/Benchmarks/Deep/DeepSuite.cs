using System.IO.Compression;
using DeltaGlider.Benchmarks.Compare;

namespace DeltaGlider.Benchmarks.Deep;

/// <summary>
/// The pairs of <c>compare --deep --suite</c>: consecutive releases of NuGet packages, of npm packages where there is npm,
/// and what the archivers of this machine make of the content of two releases.
/// </summary>
internal sealed class DeepSuite : IDisposable
{
    private static readonly (string Package, string[] Versions)[] Npm =
    [
        ("typescript", ["5.9.2", "5.9.3"]), ("react-dom", ["19.0.0", "19.0.1", "19.1.0"]), ("webpack", ["5.99.0", "5.99.1", "5.99.2"]),
        ("lodash", ["4.17.20", "4.17.21"]), ("@angular/core", ["20.0.0", "20.0.1", "20.0.2"]), ("next", ["15.3.0", "15.3.1"]),
    ];

    // What each is run with, the archive's path and the members' following; null takes a file's bytes from standard input.
    private static readonly (string Program, string Suffix, string[] Options)[] Zippers =
        [("zip", ".zip", ["-q", "-r", "-X"]), ("zip", ".9.zip", ["-q", "-r", "-X", "-9"]), ("7z", ".7z.zip", ["a", "-tzip", "-bso0"]), ("jar", ".jar", ["-c", "-f"])];

    private readonly string _folder = Directory.CreateTempSubdirectory("deltaglider-deep-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static IEnumerable<Pair> NuGet() =>
        Suite.Packages("Series").SelectMany(one => one.Paths.Zip(one.Paths.Skip(1), one.Versions.Skip(1)).Select(pair => new Pair($"{one.Id} {pair.Third}", "nupkg", pair.First, pair.Second)));

    /// <summary>Fetched once and kept in the temporary folder: versions never change.</summary>
    public static async IAsyncEnumerable<Pair> NpmAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "deltaglider-npm")).FullName;
        foreach (var (package, versions) in Npm)
        {
            var paths = new List<string>();
            foreach (var version in versions)
            {
                var path = Path.Combine(folder, $"{package.TrimStart('@').Replace('/', '-')}-{version}.tgz");
                if (!File.Exists(path)) await ChildProcess.RunAsync("npm", "pack", "--silent", $"{package}@{version}", "--pack-destination", folder);
                paths.Add(path);
            }

            for (var i = 1; i < paths.Count; i++) yield return new Pair($"{package} {versions[i]}", "npm", paths[i - 1], paths[i]);
        }
    }

    public async IAsyncEnumerable<Pair> MadeAsync()
    {
        var (_, versions, paths) = Suite.Packages("Series").First();
        string[] folders = [Unpack(paths[0], versions[0]), Unpack(paths[1], versions[1])];
        foreach (var (program, suffix, options) in Zippers)
        {
            if (!Has(program)) continue;
            var archives = folders.Select(folder => folder + suffix).ToArray();
            for (var i = 0; i < 2; i++) await ChildProcess.RunAsync(program, [.. options, archives[i], folders[i]]);
            yield return new Pair($"{program} {string.Join(' ', options)}", "made", archives[0], archives[1]);
        }

        foreach (var level in Enum.GetValues<CompressionLevel>())
        {
            var archives = folders.Select(folder => $"{folder}.{level}.zip").ToArray();
            for (var i = 0; i < 2; i++) ZipFile.CreateFromDirectory(folders[i], archives[i], level, includeBaseDirectory: false);
            yield return new Pair($"ZipArchive {level}", "made", archives[0], archives[1]);
        }

        foreach (var (program, level) in new[] { ("gzip", "-6"), ("gzip", "-9"), ("pigz", "-6"), ("pigz", "-9"), ("libdeflate-gzip", "-6") })
        {
            if (!Has(program) || !Has("tar")) continue;
            var archives = folders.Select(folder => $"{folder}.{program}{level}.tgz").ToArray();
            for (var i = 0; i < 2; i++) await ChildProcess.RunAsync("tar", "-C", folders[i], "-I", $"{program} {level}", "-cf", archives[i], ".");
            yield return new Pair($"tar, {program} {level}", "made", archives[0], archives[1]);
        }
    }

    public static bool Has(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private string Unpack(string package, string version)
    {
        var folder = Path.Combine(_folder, version);
        ZipFile.ExtractToDirectory(package, folder);
        return folder;
    }
}
