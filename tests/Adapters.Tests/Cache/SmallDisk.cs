using System.Diagnostics;
using DeltaGlider.TestKit;

namespace DeltaGlider.Adapters.Tests.Cache;

/// <summary>A file system of a few MiB, in memory; root on Linux can have one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    public static SmallDisk Mount(string path, long bytes)
    {
        Requirement.Demand("tmpfs", OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "root on Linux, to mount a small tmpfs");
        Directory.CreateDirectory(path);
        Requirement.Demand("tmpfs", Run("mount", "-t", "tmpfs", "-o", $"size={bytes}", "none", path), "the right to mount");
        return new SmallDisk(path);
    }

    /// <summary>Leaves no room at all.</summary>
    public void Fill()
    {
        using var filler = new FileStream(System.IO.Path.Combine(Path, "filler"), FileMode.Append, FileAccess.Write, FileShare.None, 0);
        try
        {
            while (true) filler.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>From here on it may only be read.</summary>
    public void MakeReadOnly() => Requirement.Demand("tmpfs", Run("mount", "-o", "remount,ro", Path), "the right to mount");

    public void Dispose() => Run("umount", "-l", Path);

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
