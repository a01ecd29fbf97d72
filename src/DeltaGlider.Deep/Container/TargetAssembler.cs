using DeltaGlider.Deep.Deflate;
using DeltaGlider.Deep.Images;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Deep.Container;

/// <summary>Takes the new image, in whatever pieces it comes, and makes the target of it.</summary>
internal sealed class TargetAssembler : WriteOnlyStream
{
    private const int MaxStep = 1 << 20;

    private readonly SourceBuffer _reference;
    private readonly DeepPlan _plan;
    private readonly CheckedOutput _output;
    private readonly CancellationToken _cancellationToken;
    private int _next;
    private long _left;
    private long _done;
    private DeflateEncoder? _encoder;
    private CountedOutput? _start;

    public TargetAssembler(SourceBuffer reference, DeepPlan plan, CheckedOutput output, CancellationToken cancellationToken)
    {
        _reference = reference;
        _plan = plan;
        _output = output;
        _cancellationToken = cancellationToken;
        _left = -1;
    }

    /// <summary>Takes more of the image.</summary>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (true)
        {
            Prepare();
            if (buffer.IsEmpty) return;
            if (_left < 0) throw new DeepException("The image goes on behind its last part.", _output.Offset);
            var part = buffer[..(int)Math.Min(_left, Math.Min(buffer.Length, EncoderTrial.Step - _done % EncoderTrial.Step))];
            buffer = buffer[part.Length..];
            _cancellationToken.ThrowIfCancellationRequested();
            if (_encoder is null) _output.Write(part);
            else _encoder.Append(part);
            _left -= part.Length;
            _done += part.Length;
            // Seen at the same places as by the writer, who would have refused it.
            if (_done % EncoderTrial.Step == 0 && _encoder is { IsTooSlow: true }) throw new DeepException("A stream takes longer to pack than any delta may ask for.", _output.Offset);
        }
    }

    /// <summary>Does what is left to do when all of the image has come.</summary>
    public void Finish()
    {
        Prepare();
        if (_left >= 0) throw new DeepException("The image ends too early.", _output.Offset);
        _output.ThrowIfWrong();
    }

    /// <summary>Ends the operation that has got all its bytes, and does those that need none.</summary>
    private void Prepare()
    {
        while (_left <= 0)
        {
            if (_left == 0) EndOperation();
            if (_next == _plan.Operations.Length) return;
            var operation = _plan.Operations[_next++];
            switch (operation.Kind)
            {
                case OperationKind.Copy:
                    Copy(operation.Offset, operation.Length);
                    break;
                case OperationKind.Raw:
                    _left = operation.Length;
                    break;
                default:
                    _left = operation.Length;
                    if (operation.Kind == OperationKind.DeflateStart) _start = new CountedOutput(_output, operation.Kept);
                    _encoder = new DeflateEncoder(_plan.Encoders[operation.Encoder], (Stream?)_start ?? _output);
                    break;
            }
        }
    }

    private void EndOperation()
    {
        _left = -1;
        _done = 0;
        _encoder?.Finish();
        _encoder = null;
        if (_start is { Left: > 0 }) throw new DeepException("A stream is shorter than the part of it that is kept.", _output.Offset);
        _start = null;
    }

    private void Copy(long offset, long length)
    {
        while (length > 0)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var step = (int)Math.Min(length, MaxStep);
            _output.Write(_reference.Slice(offset, step));
            offset += step;
            length -= step;
        }
    }

    /// <summary>Passes on the first bytes.</summary>
    private sealed class CountedOutput(Stream output, long left) : WriteOnlyStream
    {
        public long Left { get; private set; } = left;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            var count = (int)Math.Min(Left, buffer.Length);
            output.Write(buffer[..count]);
            Left -= count;
        }
    }
}
