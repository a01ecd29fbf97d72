using System.Text;

namespace DeltaGlider.Core.Rules;

/// <summary>
/// Whether a key can be a file below a folder, and nothing else: never beside or above it, never a device, never a stream
/// of another file. Keys are anybody's words; they may be meant to do harm.
/// </summary>
public static class LocalNames
{
    // What common file systems hold.
    private const int MaxPartBytes = 255;

    /// <summary>Why the name cannot be a file's; null where it can.</summary>
    /// <param name="name">The key below the prefix, with <c>/</c> between the parts; at its end for a folder's marker.</param>
    /// <param name="windows">True where Windows reads names.</param>
    public static string? WhyRefused(string name, bool windows)
    {
        var parts = (name.EndsWith('/') ? name[..^1] : name).Split('/');
        return parts.Select(part => WhyRefusedPart(part, windows)).FirstOrDefault(why => why is not null);
    }

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

    private static string? WhyRefusedPart(string part, bool windows)
    {
        if (part.Length == 0) return "a part of it between two '/' is empty";
        if (part is "." or "..") return $"'{part}' in it leads out of its folder";
        if (part.Contains('\0', StringComparison.Ordinal)) return "it has a NUL character";
        if (Encoding.UTF8.GetByteCount(part) > MaxPartBytes) return $"a part of it is longer than {MaxPartBytes} bytes";
        if (!windows) return null;
        if (part.Contains('\\', StringComparison.Ordinal)) return "'\\' in it separates folders here";
        if (part.Contains(':', StringComparison.Ordinal)) return "':' in it names a drive or a stream here";
        if (part.Any(c => c < ' ' || @"<>""|?*".Contains(c))) return "it has a character that names cannot have here";
        if (part[^1] is '.' or ' ') return "a part of it ends in a dot or a space, which is dropped here";
        return IsDevice(part) ? $"'{part}' is a device here" : null;
    }
}
