using DeltaGlider.Vcdiff.Checksum;
using DeltaGlider.Vcdiff.Format;
using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Vcdiff.Encode;

/// <summary>
/// Turns one window of the target into its part of the delta. What comes out depends on the source, the window's
/// bytes, its position and the options, and on nothing else: so windows can be encoded in any order.
/// </summary>
internal sealed unsafe class WindowEncoder : IDisposable
{
    private readonly VcdiffEncoderOptions _options;
    private readonly SourceMatcher _matcher;
    private readonly NativeList<Match> _sourceMatches = new();
    private readonly NativeList<Match> _matches = new();
    private readonly GapMatcher _gaps;
    private readonly InstructionWriter _writer = new();

    public WindowEncoder(SourceBuffer source, Func<CancellationToken, SourceIndex> getIndex, VcdiffEncoderOptions options)
    {
        _options = options;
        var tuning = MatchTuning.Plain;
        _matcher = new SourceMatcher(source, getIndex, tuning);
        _gaps = new GapMatcher(source, tuning);
    }

    /// <summary>The target window, to be filled by the caller.</summary>
    public NativeBuffer Target { get; } = new();

    /// <summary>The window's header, up to the sections.</summary>
    public NativeBuffer Header { get; } = new();

    /// <summary>The sections, in the order in which they follow the header.</summary>
    public NativeBuffer[] Sections => [_writer.Data, _writer.Instructions, _writer.Addresses];

    /// <summary>Bytes of the last window that are copied from the source.</summary>
    public long Copied { get; private set; }

    /// <summary>Bytes of the last window that are copied from the target window, or are part of a run.</summary>
    public long Repeated { get; private set; }

    /// <summary>Encodes <see cref="Target"/>, which starts at <paramref name="position"/> of the whole target.</summary>
    public void Encode(long position, CancellationToken cancellationToken)
    {
        _matcher.Find(Target.Pointer, Target.Length, position, _sourceMatches, cancellationToken);
        _gaps.Fill(Target.Pointer, Target.Length, position, _sourceMatches, _matches, cancellationToken);
        // xdelta3 3.0 counts segment and window together in 32 bits.
        var segment = SourceSegment.Choose(_matches, uint.MaxValue - (long)DeltaHeader.MaxPortableWindow);
        WriteInstructions(segment);
        WriteHeader(segment);
    }

    public void Dispose()
    {
        Target.Dispose();
        Header.Dispose();
        _sourceMatches.Dispose();
        _matches.Dispose();
        _gaps.Dispose();
        _writer.Dispose();
    }

    private void WriteInstructions(SourceSegment segment)
    {
        _writer.Reset();
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

    private void WriteHeader(SourceSegment segment)
    {
        var sections = Sections;
        Header.Length = 0;
        Header.Append((byte)((segment.Length > 0 ? DeltaHeader.SourceSegment : 0) | (_options.Checksum ? DeltaHeader.Checksum : 0)));
        if (segment.Length > 0)
        {
            Header.AppendVarint(segment.Length);
            Header.AppendVarint(segment.Offset);
        }
        long rest = Varint.Length(Target.Length) + 1 + (_options.Checksum ? 4 : 0);
        foreach (var section in sections) rest += Varint.Length(section.Length) + (long)section.Length;
        Header.AppendVarint(rest);
        Header.AppendVarint(Target.Length);
        Header.Append(0); // Delta_Indicator: no section is compressed
        foreach (var section in sections) Header.AppendVarint(section.Length);
        if (!_options.Checksum) return;
        var checksum = Adler32.Compute(Target.Span);
        for (var shift = 24; shift >= 0; shift -= 8) Header.Append((byte)(checksum >> shift));
    }
}
