using System.Security.Cryptography;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.UseCases.Bytes;

/// <summary>
/// The stream of a <see cref="CheckedContent"/>. A reader that rewinds to the start is checked anew; one that jumps
/// elsewhere (parts of a multipart upload) is not checked, because the whole does not pass through one stream.
/// </summary>
internal sealed class CheckedStream : Stream
{
    private readonly Stream _inner;
    private readonly long _length;
    private readonly Sha256Digest _promised;
    private readonly Func<Exception> _onMismatch;
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _hashed;

    public CheckedStream(Stream inner, long length, Sha256Digest promised, Func<Exception> onMismatch)
    {
        _inner = inner;
        _length = length;
        _promised = promised;
        _onMismatch = onMismatch;
    }

    public override bool CanRead => true;

    public override bool CanSeek => _inner.CanSeek;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position
    {
        get => _inner.Position;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override int Read(Span<byte> buffer)
    {
        var at = _inner.Position;
        var read = _inner.Read(buffer);
        Check(at, buffer[..read]);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var at = _inner.Position;
        var read = await _inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Check(at, buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => _inner.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _sha256.Dispose();
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Check(long at, ReadOnlySpan<byte> bytes)
    {
        if (at == 0 && _hashed > 0)
        {
            _ = _sha256.GetHashAndReset();
            _hashed = 0;
        }

        if (at != _hashed || bytes.IsEmpty) return;
        _sha256.AppendData(bytes);
        _hashed += bytes.Length;
        if (_hashed == _length && Sha256Digest.FromBytes(_sha256.GetCurrentHash()) != _promised) throw _onMismatch();
    }
}
