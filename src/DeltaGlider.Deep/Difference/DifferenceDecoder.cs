using DeltaGlider.Deep.Coding;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Deep.Difference;

/// <summary>Reads what <see cref="DifferenceEncoder"/> wrote, in the order of the target and with little memory.</summary>
internal sealed class DifferenceDecoder : IDisposable
{
    private const int MaxStep = 1 << 20;

    private readonly SourceBuffer _source;
    private readonly long _targetLength;
    private readonly Stream _target;
    private readonly PackedReader _covers;
    private readonly PackedReader _runs;
    private readonly PackedReader _differences;
    private readonly PackedReader _literals;
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly CancellationToken _cancellationToken;
    private long _at;

    /// <param name="source">The old image.</param>
    /// <param name="delta">The difference, all of it.</param>
    /// <param name="targetLength">How long the new image is said to be.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="cancellationToken">Ends the decode.</param>
    public DifferenceDecoder(SourceBuffer source, ByteCursor delta, long targetLength, Stream target, CancellationToken cancellationToken)
    {
        _source = source;
        _targetLength = targetLength;
        _target = target;
        _cancellationToken = cancellationToken;
        Span<long> lengths = stackalloc long[2 * DifferenceColumns.Count];
        foreach (ref var length in lengths) length = delta.TakeNumber();
        _covers = Column(lengths, 0);
        _runs = Column(lengths, 1);
        _differences = Column(lengths, 2);
        _literals = Column(lengths, 3);
        if (delta.Left > 0) throw new DeepException("The difference goes on behind its end.", delta.Offset);

        PackedReader Column(ReadOnlySpan<long> all, int number) => new(delta.Part(all[2 * number + 1]), all[2 * number], cancellationToken);
    }

    /// <summary>Writes the new image.</summary>
    /// <exception cref="DeepException">The difference is damaged, or for another source.</exception>
    public void Run()
    {
        long diagonal = 0;
        while (_covers.Left > 0)
        {
            CopyLiterals(Checked(_covers.TakeNumber(), "literals"));
            var turn = _covers.TakeSigned();
            // Both are far from the ends of their range when they are right.
            diagonal = unchecked(diagonal + turn);
            var length = Checked(_covers.TakeNumber(), "a cover");
            // One of no length would cost time and make nothing.
            if (length == 0) throw new DeepException("A cover has no length.", _covers.Offset);
            var source = unchecked(_at + diagonal);
            if (source < 0 || source > _source.Length - length) throw new DeepException("A cover reaches outside the old image: the wrong reference, or a damaged delta.", _covers.Offset);
            CopyCover(source, length);
        }

        CopyLiterals(_literals.Left);
        if (_at != _targetLength) throw new DeepException($"The difference makes {_at} bytes of an image of {_targetLength}.", _covers.Offset);
        _runs.ThrowIfLeft("runs");
        _differences.ThrowIfLeft("differences");
        _literals.ThrowIfLeft("literals");
        _covers.ThrowIfLeft("covers");
    }

    public void Dispose()
    {
        _covers.Dispose();
        _runs.Dispose();
        _differences.Dispose();
        _literals.Dispose();
    }

    private long Checked(long length, string what) => length <= _targetLength - _at
        ? length
        : throw new DeepException($"The length of {what} goes beyond the image.", _covers.Offset);

    private void CopyLiterals(long count)
    {
        if (count > _literals.Left) throw new DeepException("There are fewer literals than are needed.", _literals.Offset);
        while (count > 0)
        {
            var part = _literals.Take(count);
            if (part.Length > _targetLength - _at) throw new DeepException("There are more literals than the image has room for.", _literals.Offset);
            Write(part);
            count -= part.Length;
        }
    }

    private void CopyCover(long source, long length)
    {
        for (var isFirst = true; length > 0; isFirst = false)
        {
            var right = TakeRun(length);
            if (right == 0 && !isFirst) throw new DeepException("A run of no length is followed by another one.", _runs.Offset);
            length -= right;
            CopyRight(source, right);
            source += right;
            if (length == 0) return;
            var wrong = TakeRun(length);
            if (wrong == 0) throw new DeepException("A run of no length is followed by another one.", _runs.Offset);
            length -= wrong;
            CopyWrong(source, wrong);
            source += wrong;
        }
    }

    private long TakeRun(long most)
    {
        var run = _runs.TakeNumber();
        return run <= most ? run : throw new DeepException("A run goes beyond its cover.", _runs.Offset);
    }

    private void CopyRight(long source, long count)
    {
        while (count > 0)
        {
            var step = (int)Math.Min(count, MaxStep);
            Write(_source.Slice(source, step));
            source += step;
            count -= step;
        }
    }

    private void CopyWrong(long source, long count)
    {
        if (count > _differences.Left) throw new DeepException("There are fewer differences than are needed.", _differences.Offset);
        while (count > 0)
        {
            var differences = _differences.Take(Math.Min(count, _buffer.Length));
            var old = _source.Slice(source, differences.Length);
            for (var i = 0; i < differences.Length; i++) _buffer[i] = (byte)(old[i] + differences[i]);
            Write(_buffer.AsSpan(0, differences.Length));
            source += differences.Length;
            count -= differences.Length;
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        _target.Write(bytes);
        _at += bytes.Length;
    }
}
