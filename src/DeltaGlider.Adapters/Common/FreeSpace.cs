using System.Runtime.InteropServices;

namespace DeltaGlider.Adapters.Common;

/// <summary>How much room a file system has.</summary>
internal static class FreeSpace
{
    /// <summary>The bytes that this user may still write below a folder, which need not exist yet; null when nobody knows.</summary>
    public static long? Below(string folder)
    {
        try
        {
            for (var existing = folder; existing is not null; existing = Path.GetDirectoryName(existing))
            {
                if (Directory.Exists(existing)) return OperatingSystem.IsWindows() ? OnWindows(existing) : OnUnix(existing);
            }
        }
        catch (Exception e) when (FileErrors.IsFileSystemError(e) || e is ArgumentException)
        {
            // Whoever writes will see.
        }

        return null;
    }

    // statvfs of the very folder, whatever is mounted there. File systems that do not count say that they have no room at all.
    private static long? OnUnix(string folder) => new DriveInfo(folder) is { TotalSize: > 0 } drive ? drive.AvailableFreeSpace : null;

    // DriveInfo would answer for the drive's letter: wrong for a volume mounted in a folder, and for a share.
    private static long? OnWindows(string folder) =>
        GetDiskFreeSpaceEx(Path.TrimEndingDirectorySeparator(folder) + '\\', out var available, 0, 0) ? (long)Math.Min(available, long.MaxValue) : null;

    [DllImport("kernel32.dll", EntryPoint = "GetDiskFreeSpaceExW", CharSet = CharSet.Unicode, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetDiskFreeSpaceEx(string folder, out ulong available, nint total, nint free);
}
