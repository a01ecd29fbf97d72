using System.Security.Cryptography;

namespace DeltaGlider.Demo;

/// <summary>One release of the package, as it lies beside the program.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Path">The .nupkg file.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Sha256">Their SHA-256 in hexadecimal, from the file itself and by .NET alone.</param>
internal sealed record Release(Version Version, string Path, long Size, string Sha256)
{
    private const string Package = "awssdk.s3";

    /// <summary>Every release there is, the oldest first.</summary>
    public static IReadOnlyList<Release> All() =>
    [
        .. new DirectoryInfo(System.IO.Path.Combine(AppContext.BaseDirectory, "packages"))
            .GetFiles($"{Package}.*.nupkg")
            .Select(file => new Release(VersionOf(file), file.FullName, file.Length, HashOf(file.FullName)))
            .OrderBy(release => release.Version),
    ];

    /// <summary>The SHA-256 of a file, in hexadecimal.</summary>
    public static string HashOf(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static Version VersionOf(FileInfo file) => Version.Parse(file.Name[(Package.Length + 1)..^".nupkg".Length]);
}
