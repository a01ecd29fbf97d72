namespace DeltaGlider.Cli.Output;

/// <summary>Local paths as the AWS CLI shows them: <c>./a.zip</c>, <c>out/a.zip</c>, <c>../a.zip</c>.</summary>
internal static class ShownPath
{
    /// <summary>The path from the current folder, where there is one.</summary>
    public static string Of(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var folder = Path.GetDirectoryName(full);
        return folder is null ? full : Path.Combine(Path.GetRelativePath(Environment.CurrentDirectory, folder), Path.GetFileName(full));
    }
}
