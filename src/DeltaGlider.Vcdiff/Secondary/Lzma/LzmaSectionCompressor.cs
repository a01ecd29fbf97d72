using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Vcdiff.Secondary.Lzma;

/// <summary>
/// Writes the sections of one kind as LZMA2 chunks of one stream. Each section goes on from the one before: its
/// matches may reach back into it, and probabilities stay as they were.
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
    private readonly NativeBuffer _history = new();
    private readonly int _reach;
    private readonly int _tolerance;
    private ChunkState _state;

    /// <summary>Up to here the current section is known to be worth a try.</summary>
    private int _sparseEnd;

    public LzmaSectionCompressor(LzmaEffort effort)
    {
        _reach = MatchFinder.RingSizeFor(effort.DictionaryBytes);
        _tolerance = effort.Tolerance;
        _parser = CreateParser(effort);
        _writer = new LzmaSymbolWriter(effort.Properties);
        _chunk.Reserve(MaxChunkStored);
        Restart();
    }

    private static ILzmaParser CreateParser(LzmaEffort effort)
    {
        if (effort.Greedy) return new QuickParser(effort.DictionaryBytes);
        var finder = new MatchFinder(effort.Trees, effort.NiceLength, effort.Depth, effort.DictionaryBytes);
        return effort.Optimal ? new OptimalParser(finder, effort.NiceLength) : new FastParser(finder, effort.NiceLength);
    }

    /// <summary>Forgets the sections so far: the next one starts with a reset of everything.</summary>
    public void Restart()
    {
        _parser.Restart();
        _writer.ResetState();
        _history.Length = 0;
        _state = default;
    }

    /// <summary>
    /// Appends the chunks for a section, or nothing, and false, when they would not be shorter than it. Then, or when
    /// the chunks are not used, <see cref="Restart"/> comes next.
    /// </summary>
    public bool TryCompress(ReadOnlySpan<byte> section, NativeBuffer output, CancellationToken cancellationToken)
    {
        if (section.IsEmpty) return false;
        var start = output.Length;
        Slide();
        var at = _history.Length;
        _history.Append(section);
        var data = _history.Pointer;
        _parser.Continue(data, _history.Length);
        _sparseEnd = at;
        while (at < _history.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            at = WriteChunk(data, _history.Length, at, output);
            if (output.Length - start < section.Length) continue;
            output.Length = start;
            return false;
        }
        return true;
    }

    public void Dispose()
    {
        _parser.Dispose();
        _writer.Dispose();
        _steps.Dispose();
        _chunk.Dispose();
        _history.Dispose();
    }

    /// <summary>Drops what is out of reach, seldom and much at a time: whole rings, so that places in it stay.</summary>
    private void Slide()
    {
        var drop = (_history.Length - _reach) / _reach * _reach;
        if (drop <= 0) return;
        var kept = _history.Length - drop;
        Buffer.MemoryCopy(_history.Pointer + drop, _history.Pointer, kept, kept);
        _history.Length = kept;
        _parser.Slide(drop);
    }

    private int WriteChunk(byte* data, int length, int start, NativeBuffer output)
    {
        if (start >= _sparseEnd)
        {
            var dense = Compressibility.DenseLength(data + start, length - start, _tolerance);
            if (dense > 0)
            {
                // The probabilities are not touched, neither here nor by the reader.
                WriteStored(data, start, start + dense, output);
                return start + dense;
            }
            _sparseEnd = start + Compressibility.SparseLength(data + start, length - start, _tolerance);
        }

        var at = start;
        var end = _sparseEnd;
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
        while (at < end && at - start <= MaxChunkPlain - MaxRoundPlain && _writer.Length <= MaxChunkStored - MaxRoundStored);

        var plain = at - start;
        var stored = _writer.FinishChunk();
        if (stored >= plain)
        {
            WriteStored(data, start, at, output);
            // What was learned here was not written, so the reader has not learned it.
            _writer.ResetState();
            _state = _state with { HasState = false };
            return at;
        }
        output.Append((byte)(_state.LzmaControl | ((plain - 1) >> 16)));
        AppendLength(output, plain);
        AppendLength(output, stored);
        if (!_state.HasProperties) output.Append(_writer.Properties.Encoded);
        output.Append(new ReadOnlySpan<byte>(_chunk.Pointer, stored));
        _state = new ChunkState { HasStarted = true, HasProperties = true, HasState = true };
        return at;
    }

    private void WriteStored(byte* data, int start, int end, NativeBuffer output)
    {
        while (start < end)
        {
            var part = Math.Min(MaxChunkStored, end - start);
            output.Append((byte)(_state.HasStarted ? Lzma2Control.Stored : Lzma2Control.StoredAfterReset));
            AppendLength(output, part);
            output.Append(new ReadOnlySpan<byte>(data + start, part));
            start += part;
            _state = _state with { HasStarted = true };
        }
    }

    private static void AppendLength(NativeBuffer output, int length)
    {
        output.Append((byte)((length - 1) >> 8));
        output.Append((byte)(length - 1));
    }

    /// <summary>What the reader of the chunks so far has.</summary>
    private readonly record struct ChunkState(bool HasStarted, bool HasProperties, bool HasState)
    {
        public byte LzmaControl =>
            !HasStarted ? Lzma2Control.LzmaAfterReset
            : !HasProperties ? Lzma2Control.LzmaWithProperties
            : !HasState ? Lzma2Control.LzmaWithState
            : Lzma2Control.Lzma;
    }
}
