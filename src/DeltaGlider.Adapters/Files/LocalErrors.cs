using System.Globalization;
using DeltaGlider.Adapters.Common;
using DeltaGlider.Core.Errors;

namespace DeltaGlider.Adapters.Files;

/// <summary>What the file system says about a local file, in the words of the domain.</summary>
internal static class LocalErrors
{
    /// <summary>Does something that reads a file.</summary>
    public static T OnRead<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (FileErrors.IsFileSystemError(e))
        {
            throw Unreadable(path, e);
        }
    }

    /// <summary>Reads from a file.</summary>
    public static int OnRead(string path, Span<byte> buffer, FileStream file)
    {
        try
        {
            return file.Read(buffer);
        }
        catch (Exception e) when (FileErrors.IsFileSystemError(e))
        {
            throw Unreadable(path, e);
        }
    }

    /// <summary>A file that cannot be read.</summary>
    public static DeltaGliderException Unreadable(string path, Exception e) => e is FileNotFoundException or DirectoryNotFoundException
        ? NotFound(path, e)
        : new(ErrorKind.FileUnreadable, path, $"'{path}' cannot be read: {e.Message}", e);

    /// <summary>A file that is not there.</summary>
    public static DeltaGliderException NotFound(string path, Exception? e = null) =>
        new(ErrorKind.FileNotFound, path, $"There is no file '{path}'.", e);

    /// <summary>A folder where a file was needed.</summary>
    public static DeltaGliderException IsAFolder(string path) => new(ErrorKind.IsAFolder, path, $"'{path}' is a folder.");

    /// <summary>A file that is larger than what is free.</summary>
    public static DeltaGliderException NoRoom(string path, long needed, long free) =>
        new(ErrorKind.DiskFull, path, string.Create(CultureInfo.InvariantCulture, $"'{path}' needs {needed} bytes, and {free} are free on its disk."))
        {
            Safe = "Nothing was fetched, and the file that was there before is unchanged.",
            Advice = "Make room, or choose another place.",
        };

    /// <summary>A file that cannot be written.</summary>
    public static DeltaGliderException Unwritable(string path, Exception e) => FileErrors.IsDiskFull(e)
        ? new(ErrorKind.DiskFull, path, $"There is no room on the disk for '{path}'.", e)
        {
            Safe = "The file that was there before is unchanged.",
            Advice = "Make room, or choose another place.",
        }
        : new(ErrorKind.FileUnwritable, path, $"'{path}' cannot be written: {e.Message}", e)
        {
            Safe = "The file that was there before is unchanged.",
            Advice = "Check the rights to the file and its folder.",
        };
}
