using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DeltaGlider.Core.Rules;

namespace DeltaGlider.Adapters.Folder;

/// <summary>
/// Turns a key's segments into file names that every file system tells apart, and back. Only lower-case letters,
/// digits and some marks stand for themselves; an upper-case letter becomes <c>^</c> and its lower case, every other
/// byte of the UTF-8 form <c>%xx</c>. So names never differ by case or Unicode normalization alone, never mean a
/// device, and never are <c>.</c>, <c>..</c> or a path. An empty segment is <c>%empty</c>.
/// </summary>
internal static class KeyEncoding
{
    /// <summary>What the name of an object's sidecar ends in; no folder's name does.</summary>
    public const string SidecarSuffix = ".meta";

    // Encoded names longer than this, and paths longer than that, go by a hash (see BucketLayout.SidecarOf): file systems
    // take 255 bytes in a name, macOS 1,024 in a path.
    private const int MaxName = 200;
    private const int MaxPath = 600;
    private const string EmptySegment = "%empty";
    private const string Marks = "-_.+=,()@ ";

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The relative path for a key, or null when it would be too long.</summary>
    public static string? TryEncode(string key)
    {
        var path = string.Join('/', key.Split('/').Select(Encode));
        return path.Length <= MaxPath && path.Split('/').All(name => name.Length <= MaxName) ? path : null;
    }

    /// <summary>One segment's file name.</summary>
    public static string Encode(string segment)
    {
        if (segment.Length == 0) return EmptySegment;
        var bytes = Encoding.UTF8.GetBytes(segment);
        var name = new StringBuilder(bytes.Length + 8);
        for (var i = 0; i < bytes.Length; i++)
        {
            var c = (char)bytes[i];
            if (IsPlain(c) && !MustHide(segment, i == 0, i == bytes.Length - 1)) name.Append(c);
            else if (char.IsAsciiLetterUpper(c) && !MustHide(segment, i == 0, false)) name.Append('^').Append(char.ToLowerInvariant(c));
            else name.Append('%').Append(((int)c).ToString("x2", CultureInfo.InvariantCulture));
        }

        return name.ToString();
    }

    /// <summary>The segment that a name stands for, or null for a name this class did not make.</summary>
    public static string? TryDecode(ReadOnlySpan<char> name)
    {
        if (name.SequenceEqual(EmptySegment)) return "";
        var bytes = new List<byte>(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (c == '^' && i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1])) bytes.Add((byte)char.ToUpperInvariant(name[++i]));
            else if (c == '%' && i + 2 < name.Length && TryHex(name[(i + 1)..], out var b)) (bytes, i) = (Added(bytes, b), i + 2);
            else if (IsPlain(c)) bytes.Add((byte)c);
            else return null;
        }

        try
        {
            return StrictUtf8.GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>A name for a key of any length: the SHA-256 of its UTF-8 form.</summary>
    public static string Hash(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key))).ToLowerInvariant();

    private static bool IsPlain(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || Marks.Contains(c);

    // A dot or a space at the end is lost on Windows, a leading space in some tools; "nul.zip" is a device there. The
    // last letter of ".meta" is hidden so that no folder is named as a sidecar.
    private static bool MustHide(string segment, bool first, bool last) =>
        (first && (segment[0] == ' ' || LocalNames.IsDevice(segment)))
        || (last && (segment[^1] is '.' or ' ' || segment.EndsWith(SidecarSuffix, StringComparison.Ordinal)));

    private static bool TryHex(ReadOnlySpan<char> text, out byte value) =>
        byte.TryParse(text[..2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);

    private static List<byte> Added(List<byte> bytes, byte b)
    {
        bytes.Add(b);
        return bytes;
    }
}
