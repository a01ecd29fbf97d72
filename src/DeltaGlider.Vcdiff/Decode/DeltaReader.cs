using System.Buffers;
using DeltaGlider.Vcdiff.Format;

namespace DeltaGlider.Vcdiff.Decode;

/// <summary>Reads the fields of a delta from a stream, counting bytes, for headers and whole sections.</summary>
internal sealed class DeltaReader(Stream stream, long maxBytes) : IDisposable
{
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int _at;
    private int _end;

    /// <summary>The offset of the next byte.</summary>
    public long Offset { get; private set; }

    /// <summary>The window being read, for error messages; -1 in the file header.</summary>
    public int Window { get; set; } = -1;

    public VcdiffException Error(VcdiffError kind, string message, Exception? inner = null) =>
        new(kind, message, Offset, Window, inner);

    /// <summary>True when the delta has no more bytes.</summary>
    public async ValueTask<bool> IsAtEndAsync(CancellationToken cancellationToken) =>
        _at == _end && !await FillAsync(cancellationToken).ConfigureAwait(false);

    public async ValueTask<byte> ReadByteAsync(string what, CancellationToken cancellationToken)
    {
        if (_at == _end && !await FillAsync(cancellationToken).ConfigureAwait(false))
            throw Error(VcdiffError.Truncated, $"The delta ends before {what}.");
        Count(1);
        return _buffer[_at++];
    }

    public async ValueTask<long> ReadVarintAsync(string what, CancellationToken cancellationToken)
    {
        long value = 0;
        var digits = 0;
        while (true)
        {
            var next = await ReadByteAsync(what, cancellationToken).ConfigureAwait(false);
            if (!Varint.TryAppend(ref value, ref digits, next, out var complete))
                throw Error(VcdiffError.InvalidInteger, $"The integer for {what} is too large or padded.");
            if (complete) return value;
        }
    }

    /// <summary>Reads a length and holds it against a limit, before anyone allocates that much.</summary>
    public async ValueTask<int> ReadLengthAsync(string what, int limit, CancellationToken cancellationToken)
    {
        var value = await ReadVarintAsync(what, cancellationToken).ConfigureAwait(false);
        return value <= limit
            ? (int)value
            : throw Error(VcdiffError.LimitExceeded, $"The delta declares {value} bytes for {what}; the limit is {limit}.");
    }

    public async ValueTask ReadExactlyAsync(Memory<byte> destination, string what, CancellationToken cancellationToken)
    {
        Count(destination.Length);
        var buffered = Math.Min(_end - _at, destination.Length);
        _buffer.AsSpan(_at, buffered).CopyTo(destination.Span);
        _at += buffered;
        destination = destination[buffered..];
        while (!destination.IsEmpty)
        {
            var read = await stream.ReadAsync(destination, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                Offset -= destination.Length;
                throw Error(VcdiffError.Truncated, $"The delta ends within {what}.");
            }
            destination = destination[read..];
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private void Count(int bytes)
    {
        if (bytes > maxBytes - Offset) throw Error(VcdiffError.LimitExceeded, $"The delta is longer than the limit of {maxBytes} bytes.");
        Offset += bytes;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        _at = 0;
        _end = await stream.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false);
        return _end > 0;
    }
}
