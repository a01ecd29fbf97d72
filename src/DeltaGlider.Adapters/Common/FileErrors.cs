namespace DeltaGlider.Adapters.Common;

/// <summary>
/// What an <see cref="IOException"/>'s number means. .NET gives Windows error codes as HRESULTs and, on Unix, bare
/// errno values where it has no exception type of its own.
/// </summary>
internal static class FileErrors
{
    /// <summary>The disk or a quota is full: ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL; ENOSPC, EDQUOT, EFBIG.</summary>
    public static bool IsDiskFull(Exception e) => e is IOException && (OperatingSystem.IsWindows()
        ? e.HResult is unchecked((int)0x80070027) or unchecked((int)0x80070070)
        : e.HResult is 28 or 27 || e.HResult == (OperatingSystem.IsMacOS() ? 69 : 122));

    /// <summary>The file system or medium takes no writes: ERROR_WRITE_PROTECT; EROFS.</summary>
    public static bool IsReadOnlyMedium(Exception e) => e is IOException && (OperatingSystem.IsWindows()
        ? e.HResult is unchecked((int)0x80070013)
        : e.HResult is 30);

    /// <summary>Somebody else has the file open or locked: ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION; EWOULDBLOCK.</summary>
    public static bool IsInUse(Exception e) => e is IOException && (OperatingSystem.IsWindows()
        ? e.HResult is unchecked((int)0x80070020) or unchecked((int)0x80070021)
        : e.HResult == (OperatingSystem.IsMacOS() ? 35 : 11));

    /// <summary>What file systems throw, as against defects of this program.</summary>
    public static bool IsFileSystemError(Exception e) => e is IOException or UnauthorizedAccessException;
}
