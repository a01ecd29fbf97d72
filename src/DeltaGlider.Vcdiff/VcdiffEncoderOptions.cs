using System.Text;

namespace DeltaGlider.Vcdiff;

/// <summary>How a delta is written.</summary>
public sealed record VcdiffEncoderOptions
{
    /// <summary>The largest window that every xdelta3 reads: 16 MiB.</summary>
    public const int MaxWindowSize = Format.DeltaHeader.MaxPortableWindow;

    /// <summary>The smallest useful window: 1 KiB.</summary>
    public const int MinWindowSize = 1024;

    private readonly int _windowSize = MaxWindowSize;
    private readonly int _degreeOfParallelism = 1;

    /// <summary>Target bytes per window, from <see cref="MinWindowSize"/> to <see cref="MaxWindowSize"/>.</summary>
    public int WindowSize
    {
        get => _windowSize;
        init => _windowSize = value is >= MinWindowSize and <= MaxWindowSize
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"A window is from {MinWindowSize} to {MaxWindowSize} bytes.");
    }

    /// <summary>Bytes for the delta's application header; empty for none. See <see cref="EncodeApplicationHeader"/>.</summary>
    public ReadOnlyMemory<byte> ApplicationHeader { get; init; }

    /// <summary>Whether each window carries the Adler-32 of what it decodes to.</summary>
    public bool Checksum { get; init; } = true;

    /// <summary>How hard to try.</summary>
    public VcdiffLevel Level { get; init; } = VcdiffLevel.Default;

    /// <summary>
    /// Whether sections may be compressed with LZMA, xdelta3's usual secondary compressor. Without it deltas are larger;
    /// only an xdelta3 built without liblzma needs that.
    /// </summary>
    public bool SecondaryCompression { get; init; } = true;

    /// <summary>Windows worked on at the same time. The delta is the same whatever the degree.</summary>
    public int DegreeOfParallelism
    {
        get => _degreeOfParallelism;
        init => _degreeOfParallelism = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The degree of parallelism is at least 1.");
    }

    /// <summary>The UTF-8 bytes of a textual application header.</summary>
    public static ReadOnlyMemory<byte> EncodeApplicationHeader(string text) => Encoding.UTF8.GetBytes(text);
}
