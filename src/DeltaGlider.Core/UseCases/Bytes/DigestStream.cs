using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.UseCases.Bytes;

/// <summary>Takes bytes for what identifies them, and drops them.</summary>
internal sealed class DigestStream : Stream
{
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    [SuppressMessage("Security", "CA5351", Justification = "The proxy reads dg-md5; nothing here relies on it.")]
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);

    private long _length;

    /// <summary>What has come so far.</summary>
    public ContentDigest Digest() =>
        new(_length, Sha256Digest.FromBytes(_sha256.GetCurrentHash()), Convert.ToHexString(_md5.GetCurrentHash()).ToLowerInvariant());

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position { get => _length; set => throw new NotSupportedException(); }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _sha256.AppendData(buffer);
        _md5.AppendData(buffer);
        _length += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _sha256.Dispose();
        _md5.Dispose();
        base.Dispose(disposing);
    }
}
