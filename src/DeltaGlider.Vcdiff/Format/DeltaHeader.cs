namespace DeltaGlider.Vcdiff.Format;

/// <summary>The constants of the file header and the window header (RFC 3284 sections 4.1 to 4.3).</summary>
internal static class DeltaHeader
{
    /// <summary>'V', 'C', 'D' with the high bits set, and version 0.</summary>
    public static ReadOnlySpan<byte> Magic => [0xD6, 0xC3, 0xC4, 0x00];

    /// <summary>Hdr_Indicator: a secondary compressor id follows (VCD_DECOMPRESS).</summary>
    public const byte HasSecondaryCompressor = 1;

    /// <summary>Hdr_Indicator: a code table follows (VCD_CODETABLE).</summary>
    public const byte HasCodeTable = 2;

    /// <summary>Hdr_Indicator: an application header follows; xdelta3's addition to the RFC.</summary>
    public const byte HasApplicationHeader = 4;

    /// <summary>Win_Indicator: the segment comes from the source (VCD_SOURCE).</summary>
    public const byte SourceSegment = 1;

    /// <summary>Win_Indicator: the segment comes from the target decoded so far (VCD_TARGET).</summary>
    public const byte TargetSegment = 2;

    /// <summary>Win_Indicator: an Adler-32 of the target window follows the lengths; xdelta3's addition.</summary>
    public const byte Checksum = 4;

    /// <summary>The largest target window that xdelta3 3.0 reads.</summary>
    public const int MaxPortableWindow = 16 * 1024 * 1024;
}
