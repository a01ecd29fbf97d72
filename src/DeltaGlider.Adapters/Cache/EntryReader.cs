using System.Buffers;
using System.Security.Cryptography;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Adapters.Cache;

/// <summary>
/// Reads an entry (<see cref="EntryFormat"/>). A chunk is proved before its first byte is handed out, and decrypted
/// straight into the reader's memory where a whole one fits there. Whatever is wrong is an
/// <see cref="InvalidDataException"/>.
/// </summary>
internal sealed class EntryReader : Stream
{
    private readonly Stream _entry;
    private readonly FernetKey _key;
    private readonly byte[] _context = new byte[EntryFormat.ContextLength];
    private readonly byte[] _token;
    private readonly byte[] _plain;
    private readonly long _length;
    private long _next;
    private int _at;
    private int _end;
    private bool _closed;

    private EntryReader(Stream entry, FernetKey key, Sha256Digest sha256, long length)
    {
        _entry = entry;
        _key = key;
        _length = length;
        EntryFormat.WriteContext(_context, sha256, length);
        var largest = EntryFormat.PlainLength(length, 0);
        _token = ArrayPool<byte>.Shared.Rent(FernetKey.TokenLength(largest));
        _plain = ArrayPool<byte>.Shared.Rent(largest);
    }

    /// <summary>
    /// Opens an entry, which it owns from then on, and proves the first chunk: so the length is known to be true before
    /// anybody makes room for it.
    /// </summary>
    public static EntryReader Open(Stream entry, FernetKey key, Sha256Digest sha256)
    {
        EntryReader? reader = null;
        try
        {
            Span<byte> header = stackalloc byte[EntryFormat.HeaderLength];
            if (entry.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length
                || !EntryFormat.TryReadHeader(header, entry.Length, out var length))
            {
                throw new InvalidDataException("it is cut short, or no entry at all.");
            }

            reader = new EntryReader(entry, key, sha256, length);
            reader._end = reader.ReadChunk(reader._plain);
            return reader;
        }
        catch
        {
            if (reader is null) entry.Dispose();
            else reader.Dispose();
            throw;
        }
    }

    public override bool CanRead => !_closed;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (buffer.IsEmpty) return 0;
        if (_at == _end)
        {
            if (_next == EntryFormat.ChunkCount(_length)) return 0;
            if (buffer.Length >= EntryFormat.PlainLength(_length, _next)) return ReadChunk(buffer);
            _end = ReadChunk(_plain);
            _at = 0;
        }

        var count = Math.Min(buffer.Length, _end - _at);
        _plain.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<int>(cancellationToken)
            : ValueTask.FromResult(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_closed)
        {
            _closed = true;
            CryptographicOperations.ZeroMemory(_plain);
            ArrayPool<byte>.Shared.Return(_plain);
            ArrayPool<byte>.Shared.Return(_token);
            _entry.Dispose();
        }

        base.Dispose(disposing);
    }

    private int ReadChunk(Span<byte> plain)
    {
        var length = EntryFormat.PlainLength(_length, _next);
        var token = _token.AsSpan(0, FernetKey.TokenLength(length));
        if (_entry.ReadAtLeast(token, token.Length, throwOnEndOfStream: false) < token.Length)
            throw new InvalidDataException("it is cut short.");
        EntryFormat.SetIndex(_context, _next);
        if (!_key.TryOpen(token, _context, plain[..length], out var written) || written != length)
            throw new InvalidDataException($"its part {_next + 1} of {EntryFormat.ChunkCount(_length)} was changed, or encrypted with another key.");
        _next++;
        return length;
    }
}
