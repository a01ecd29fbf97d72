using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Vcdiff.Secondary.Lzma;

/// <summary>
/// Writes sections as LZMA2 chunks. Every section starts with a reset of dictionary and state, so sections depend on
/// nothing before them: they may be compressed in any order, at the same time by several of these, or left plain.
/// </summary>
/// <remarks>The first compressed section of each kind is preceded by what <see cref="XzHeader.Write"/> writes.</remarks>
internal sealed unsafe class LzmaSectionCompressor : IDisposable
{
    private const int MaxChunkPlain = 1 << 21;
    private const int MaxChunkStored = 1 << 16;

    /// <summary>What one round of the parser may decide on, and what its symbols may take at the very most.</summary>
    private const int MaxRoundPlain = 256 * LzmaModel.MaxMatchLength;
    private const int MaxRoundStored = 1 << 14;

    private readonly ILzmaParser _parser;
    private readonly LzmaSymbolWriter _writer;
    private readonly NativeList<LzmaStep> _steps = new();
    private readonly NativeBuffer _chunk = new();
    private readonly SectionSurvey _survey = new();

    public LzmaSectionCompressor(LzmaEffort effort)
    {
        var finder = new MatchFinder(effort.Trees, effort.NiceLength, effort.Depth, effort.DictionaryBytes);
        _parser = effort.Optimal ? new OptimalParser(finder, effort.NiceLength) : new FastParser(finder, effort.NiceLength);
        _writer = new LzmaSymbolWriter(effort.Properties);
        _chunk.Reserve(MaxChunkStored);
    }

    /// <summary>Appends the chunks for a section, or nothing, and false, when they would not be shorter than it.</summary>
    public bool TryCompress(ReadOnlySpan<byte> section, NativeBuffer output, CancellationToken cancellationToken)
    {
        var start = output.Length;
        fixed (byte* data = section)
        {
            _survey.Look(data, section.Length);
            if (FindCompressible(0, section.Length) == section.Length) return false;
            _parser.Start(data, section.Length);
            var state = new ChunkState();
            _writer.ResetState();
            for (var at = 0; at < section.Length;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var next = FindCompressible(at, section.Length);
                if (next > at) WriteStored(data, at, next, ref state, output);
                at = next < section.Length ? WriteChunk(data, section.Length, next, ref state, output) : next;
                if (output.Length - start >= section.Length)
                {
                    output.Length = start;
                    return false;
                }
            }
        }
        return true;
    }

    public void Dispose()
    {
        _parser.Dispose();
        _writer.Dispose();
        _steps.Dispose();
        _chunk.Dispose();
        _survey.Dispose();
    }

    /// <summary>The first position from <paramref name="at"/> on in a block that may shrink.</summary>
    private int FindCompressible(int at, int length)
    {
        while (at < length && _survey.IsIncompressible(at)) at = Math.Min(length, (at / SectionSurvey.BlockLength + 1) * SectionSurvey.BlockLength);
        return at;
    }

    private int WriteChunk(byte* data, int length, int start, ref ChunkState state, NativeBuffer output)
    {
        var at = start;
        _writer.StartChunk(_chunk.Pointer);
        do
        {
            _steps.Clear();
            _parser.Parse(at, _writer, _steps);
            foreach (var step in _steps.Span)
            {
                _writer.Write(data, at, step);
                at += step.Length;
            }
        }
        while (at < length && !_survey.IsIncompressible(at)
            && at - start <= MaxChunkPlain - MaxRoundPlain && _writer.Length <= MaxChunkStored - MaxRoundStored);

        var plain = at - start;
        var stored = _writer.FinishChunk();
        if (stored < plain)
        {
            output.Append((byte)(state.LzmaControl | ((plain - 1) >> 16)));
            AppendLength(output, plain);
            AppendLength(output, stored);
            if (state.NeedsProperties) output.Append(_writer.Properties.Encoded);
            output.Append(new ReadOnlySpan<byte>(_chunk.Pointer, stored));
            state = new ChunkState { HasStarted = true, HasProperties = true, HasState = true };
            return at;
        }

        WriteStored(data, start, at, ref state, output);
        return at;
    }

    private void WriteStored(byte* data, int start, int end, ref ChunkState state, NativeBuffer output)
    {
        while (start < end)
        {
            var part = Math.Min(MaxChunkStored, end - start);
            output.Append((byte)(state.HasStarted ? Lzma2Control.Stored : Lzma2Control.StoredAfterReset));
            AppendLength(output, part);
            output.Append(new ReadOnlySpan<byte>(data + start, part));
            start += part;
            state = state with { HasStarted = true, HasState = false };
        }
        // What was learned since the last chunk was not written, so the reader has not learned it.
        _writer.ResetState();
    }

    private static void AppendLength(NativeBuffer output, int length)
    {
        output.Append((byte)((length - 1) >> 8));
        output.Append((byte)(length - 1));
    }

    /// <summary>What the reader of the chunks so far has.</summary>
    private readonly record struct ChunkState(bool HasStarted, bool HasProperties, bool HasState)
    {
        public bool NeedsProperties => !HasProperties;

        public byte LzmaControl =>
            !HasStarted ? Lzma2Control.LzmaAfterReset
            : !HasProperties ? Lzma2Control.LzmaWithProperties
            : !HasState ? Lzma2Control.LzmaWithState
            : Lzma2Control.Lzma;
    }
}
