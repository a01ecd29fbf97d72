using System.Text;

namespace DeltaGlider.Adapters.Common;

/// <summary>What file systems make of names.</summary>
internal static class FileNames
{
    /// <summary>The longest name that common file systems hold, in UTF-8 bytes.</summary>
    public const int MaxBytes = 255;

    /// <summary>
    /// True for a name that Windows takes for a device, whatever follows its first dot
    /// (https://learn.microsoft.com/windows/win32/fileio/naming-a-file).
    /// </summary>
    public static bool IsDevice(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var stem = (dot < 0 ? name : name[..dot]).TrimEnd(' ').ToUpperInvariant();
        return stem is "CON" or "PRN" or "AUX" or "NUL" or "CONIN$" or "CONOUT$" or "CLOCK$"
            || (stem.Length == 4
                && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal))
                && stem[3] is (>= '0' and <= '9') or '¹' or '²' or '³');
    }

    /// <summary>True for a name that every common file system can hold as it is.</summary>
    public static bool IsPortable(string name) =>
        name.Length > 0
        && name is not ("." or "..")
        && name[^1] is not ('.' or ' ')
        && !name.Any(c => c < ' ' || c == '\x7f' || @"<>:""/\|?*".Contains(c))
        && Encoding.UTF8.GetByteCount(name) <= MaxBytes
        && !IsDevice(name);
}
