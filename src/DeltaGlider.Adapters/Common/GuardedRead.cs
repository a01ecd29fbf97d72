using System.Security.Cryptography;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Adapters.Common;

/// <summary>
/// Content on its way into a store: hands on exactly as many bytes as were announced or fails, computes their MD5
/// where asked to, tells of progress, and keeps the first failure of the content itself, so that it can be told from
/// a failure of the store.
/// </summary>
internal sealed class GuardedRead : Stream
{
    private readonly Stream _inner;
    private readonly S3Uri _target;
    private readonly long _start;
    private readonly IProgress<long>? _progress;
    private readonly long _progressBase;
    private readonly IncrementalHash? _md5;
    private long _position;
    private long _hashed;

    /// <summary>Reads <paramref name="length"/> bytes from where <paramref name="inner"/> stands, and owns it.</summary>
    public GuardedRead(Stream inner, S3Uri target, long length, IProgress<long>? progress, long progressBase = 0, bool hash = true)
    {
        _inner = inner;
        _target = target;
        _start = inner.CanSeek ? inner.Position : 0;
        _progress = progress;
        _progressBase = progressBase;
        Length = length;
#pragma warning disable CA5351 // S3's ETag is an MD5; it is a version mark and protects nothing.
        _md5 = hash ? IncrementalHash.CreateHash(HashAlgorithmName.MD5) : null;
#pragma warning restore CA5351
    }

    /// <summary>What the content threw, if it did.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Called when the content throws: no attempt after that can succeed.</summary>
    public Action? OnFailure { get; init; }

    /// <summary>The MD5 of all bytes, in lower-case hexadecimal; null unless every byte was read.</summary>
    public string? Md5 => _md5 is not null && _hashed == Length ? Convert.ToHexString(_md5.GetCurrentHash()).ToLowerInvariant() : null;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => _inner.CanSeek;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length { get; }

    /// <inheritdoc/>
    public override long Position
    {
        get => _position;
        set => Seek(value, SeekOrigin.Begin);
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_position >= Length || buffer.IsEmpty) return 0;
        var wanted = buffer[..(int)Math.Min(buffer.Length, Length - _position)];
        if (Failure is not null) throw Failure;
        int read;
        try
        {
            read = _inner.Read(wanted);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Fail(e);
            throw;
        }

        return Took(wanted[..read]);
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= Length || buffer.IsEmpty) return 0;
        if (Failure is not null) throw Failure;
        var wanted = buffer[..(int)Math.Min(buffer.Length, Length - _position)];
        int read;
        try
        {
            read = await _inner.ReadAsync(wanted, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Fail(e);
            throw;
        }

        return Took(wanted.Span[..read]);
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin)
    {
        var target = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            _ => Length + offset,
        };
        ArgumentOutOfRangeException.ThrowIfNegative(target, nameof(offset));
        _inner.Position = _start + target;
        _position = target;
        if (target == 0 && _md5 is not null)
        {
            _md5.GetHashAndReset();
            _hashed = 0;
        }

        return target;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
            _md5?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Fail(Exception e)
    {
        Failure = e;
        OnFailure?.Invoke();
    }

    private int Took(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            var shorter = new DeltaGliderException(
                ErrorKind.FileChanged, _target.ToString(), $"The content for '{_target}' ended after {_position} of {Length} bytes.")
            {
                Safe = "Nothing was stored.",
            };
            Fail(shorter);
            throw shorter;
        }

        if (_md5 is not null && _hashed == _position)
        {
            _md5.AppendData(bytes);
            _hashed += bytes.Length;
        }

        _position += bytes.Length;
        _progress?.Report(_progressBase + _position);
        return bytes.Length;
    }
}
