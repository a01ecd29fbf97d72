using System.Text;
using DeltaGlider.Vcdiff.Format;

namespace DeltaGlider.Vcdiff;

/// <summary>
/// What xdelta3 writes into the application header: <c>TARGET/X/SOURCE/Y</c>, where X and Y name the external
/// compressor (B, G, Z or Y) whose files it unpacked before it compared them. Not part of RFC 3284.
/// </summary>
/// <param name="TargetCompressor">Who had packed the target, so that the delta gives its unpacked bytes; null for a target
/// taken as it was.</param>
/// <param name="SourceCompressor">Who had packed the source, so that the delta applies to its unpacked bytes; null for a
/// source taken as it was.</param>
public sealed record XdeltaFileNames(char? TargetCompressor, char? SourceCompressor)
{
    /// <summary>The letter for gzip.</summary>
    public const char Gzip = 'G';

    private const string Compressors = "BGZY";

    /// <summary>Either file was unpacked.</summary>
    public bool IsOfUnpackedContent => TargetCompressor is not null || SourceCompressor is not null;

    /// <summary>The name of the program behind a letter.</summary>
    public static string ProgramName(char compressor) => compressor switch
    {
        'B' => "bzip2",
        Gzip => "gzip",
        'Z' => "compress",
        'Y' => "xz",
        _ => $"'{compressor}'",
    };

    /// <summary>
    /// Reads the application header out of a delta's first bytes; null where there is none, where it is some other
    /// tool's text, or where the bytes end before it does.
    /// </summary>
    public static XdeltaFileNames? TryRead(ReadOnlySpan<byte> deltaStart)
    {
        if (!deltaStart.StartsWith(DeltaHeader.Magic) || deltaStart.Length <= DeltaHeader.Magic.Length) return null;
        var indicator = deltaStart[DeltaHeader.Magic.Length];
        var rest = deltaStart[(DeltaHeader.Magic.Length + 1)..];
        if ((indicator & DeltaHeader.HasApplicationHeader) == 0 || (indicator & DeltaHeader.HasCodeTable) != 0) return null;
        if ((indicator & DeltaHeader.HasSecondaryCompressor) != 0)
        {
            if (rest.IsEmpty) return null;
            rest = rest[1..];
        }

        long length = 0;
        for (var digits = 0; ;)
        {
            if (rest.IsEmpty || !Varint.TryAppend(ref length, ref digits, rest[0], out var complete)) return null;
            rest = rest[1..];
            if (complete) break;
        }

        return length <= rest.Length ? Parse(Encoding.Latin1.GetString(rest[..(int)length])) : null;
    }

    private static XdeltaFileNames? Parse(string text)
    {
        // The proxy appends '#' and a hash to what xdelta3 wrote.
        var hash = text.LastIndexOf('#');
        var parts = (hash < 0 ? text : text[..hash]).Split('/');
        return parts.Length < 4 ? null : new XdeltaFileNames(Compressor(parts[^3]), Compressor(parts[^1]));
    }

    private static char? Compressor(string part) => part.Length == 1 && Compressors.Contains(part[0], StringComparison.Ordinal) ? part[0] : null;
}
