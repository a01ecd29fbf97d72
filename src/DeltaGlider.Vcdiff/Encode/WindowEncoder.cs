using DeltaGlider.Vcdiff.Checksum;
using DeltaGlider.Vcdiff.Format;
using DeltaGlider.Vcdiff.Memory;
using DeltaGlider.Vcdiff.Secondary.Lzma;

namespace DeltaGlider.Vcdiff.Encode;

/// <summary>
/// Turns one window of the target into its part of the delta. What comes out depends on the source, the window's
/// bytes, its position and the options, and on nothing else: so windows can be encoded in any order.
/// </summary>
internal sealed unsafe class WindowEncoder : IDisposable
{
    /// <summary>Fewer copies than this, and their addresses are too few for a compressor to learn from.</summary>
    private const int ManyCopies = 24;

    private readonly EncoderTuning _tuning;
    private readonly SourceMatcher _matcher;
    private readonly NativeList<Match> _sourceMatches = new();
    private readonly NativeList<Match> _gapMatches = new();
    private readonly NativeList<Match> _matches = new();
    private readonly GapMatcher? _gaps;
    private readonly DiagonalFiller? _diagonals;
    private readonly DenseFiller? _dense;
    private readonly InstructionWriter _writer = new();

    public WindowEncoder(SourceBuffer source, SharedIndex index, EncoderTuning tuning)
    {
        _tuning = tuning;
        _matcher = new SourceMatcher(source, index, tuning.Matching);
        if (tuning.Matching.MinDiagonalCopy > 0)
        {
            _diagonals = new DiagonalFiller(source, tuning.Matching);
            _dense = new DenseFiller(source, tuning.Data?.Tolerance ?? Compressibility.Slight);
        }
        else
        {
            _gaps = new GapMatcher(source, tuning.Matching);
        }
        Sections = [_writer.Data, _writer.Instructions, _writer.Addresses];
    }

    /// <summary>The target window, to be filled by the caller.</summary>
    public NativeBuffer Target { get; } = new();

    /// <summary>What the window copies from.</summary>
    public SourceSegment Segment { get; private set; }

    /// <summary>The Adler-32 of the window.</summary>
    public uint Checksum { get; private set; }

    /// <summary>The sections, in the order in which they follow the header.</summary>
    public IReadOnlyList<NativeBuffer> Sections { get; }

    /// <summary>Bytes of the last window that are copied from the source.</summary>
    public long Copied { get; private set; }

    /// <summary>Bytes of the last window that are copied from the target window, or are part of a run.</summary>
    public long Repeated { get; private set; }

    /// <summary>Encodes <see cref="Target"/>, which starts at <paramref name="position"/> of the whole target.</summary>
    public void Encode(long position, CancellationToken cancellationToken)
    {
        _matcher.Find(Target.Pointer, Target.Length, position, _sourceMatches, cancellationToken);
        FillGaps(position, cancellationToken);
        // xdelta3 3.0 counts segment and window together in 32 bits.
        Segment = SourceSegment.Choose(_matches, uint.MaxValue - (long)DeltaHeader.MaxPortableWindow);
        WriteInstructions(Segment);
        Checksum = Adler32.Compute(Target.Span);
    }

    public void Dispose()
    {
        Target.Dispose();
        _sourceMatches.Dispose();
        _gapMatches.Dispose();
        _matches.Dispose();
        _gaps?.Dispose();
        _dense?.Dispose();
        _writer.Dispose();
    }

    private void FillGaps(long position, CancellationToken cancellationToken)
    {
        _gaps?.Fill(Target.Pointer, Target.Length, position, _sourceMatches, _matches, cancellationToken);
        if (_dense == null || _diagonals == null) return;
        _dense.Fill(Target.Pointer, Target.Length, position, _sourceMatches, _gapMatches, cancellationToken);
        _diagonals.Fill(Target.Pointer, Target.Length, position, _gapMatches, _matches, cancellationToken);
    }

    private void WriteInstructions(SourceSegment segment)
    {
        _writer.Reset(_tuning.Matching.AddressesAsDistances && _matches.Count >= ManyCopies);
        Copied = Repeated = 0;
        var at = 0;
        foreach (ref readonly var match in _matches.Span)
        {
            if (match.Start > at) _writer.Add(Target.Pointer + at, match.Start - at);
            switch (match.Kind)
            {
                case MatchKind.Source:
                    _writer.Copy(match.Address - segment.Offset, segment.Length + match.Start, match.Length);
                    Copied += match.Length;
                    break;
                case MatchKind.Target:
                    _writer.Copy(segment.Length + match.Address, segment.Length + match.Start, match.Length);
                    Repeated += match.Length;
                    break;
                default:
                    _writer.Run(Target.Pointer[match.Start], match.Length);
                    Repeated += match.Length;
                    break;
            }
            at = match.End;
        }
        if (at < Target.Length) _writer.Add(Target.Pointer + at, Target.Length - at);
    }
}
