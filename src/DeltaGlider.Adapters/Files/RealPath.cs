namespace DeltaGlider.Adapters.Files;

/// <summary>Where a path leads when every link on it is followed.</summary>
internal static class RealPath
{
    private const int MaxLinks = 40;

    /// <summary>The path without links; as far as there is something, the rest stays as it is.</summary>
    /// <exception cref="IOException">The links go round in a circle.</exception>
    public static string Of(string path)
    {
        var links = 0;
        return Of(Path.GetFullPath(path), ref links);
    }

    /// <summary>True for the folder itself and for all below it; both paths are to be real.</summary>
    public static bool IsWithin(string path, string folder) =>
        path == folder || path.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string Of(string full, ref int links)
    {
        if (Path.GetDirectoryName(full) is not { } parent) return full;
        var here = Path.Combine(Of(parent, ref links), Path.GetFileName(full));
        if (new FileInfo(here).LinkTarget is not { } target) return here;
        if (++links > MaxLinks) throw new IOException($"The links on the way to {full} go round in a circle.");
        return Of(Path.GetFullPath(target, Path.GetDirectoryName(here)!), ref links);
    }
}
