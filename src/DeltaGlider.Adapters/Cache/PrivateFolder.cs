namespace DeltaGlider.Adapters.Cache;

/// <summary>Folders and files that nobody but this user may read. On Windows the profile's and the temporary folder's own rights do that.</summary>
internal static class PrivateFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes a folder and those missing above it, all of them private.</summary>
    public static void Create(string path)
    {
        // One by one: .NET gives the mode to the last one only.
        if (Directory.Exists(path)) return;
        if (Path.GetDirectoryName(path) is { } parent) Create(parent);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnerOnly);
    }

    /// <summary>Takes a folder that may have been there before away from others.</summary>
    /// <exception cref="IOException">It is a link, or not this user's.</exception>
    public static void Close(string path)
    {
        if (new DirectoryInfo(path).LinkTarget is not null) throw new IOException($"'{path}' is a link, and a cache is not kept behind one.");
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) != OwnerOnly) File.SetUnixFileMode(path, OwnerOnly);
    }

    /// <summary>Begins a file that must not be there yet.</summary>
    public static FileStream CreateFile(string path, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
