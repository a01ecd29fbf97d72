using System.Buffers;
using System.Security.Cryptography;
using DeltaGlider.Core.Model;
using DeltaGlider.Deep;

namespace DeltaGlider.Adapters.Codec;

/// <summary>A packed file without its header, in pooled memory, until it is known whether it is the right one.</summary>
internal sealed class PackedBody : WriteOnlyStream
{
    // Below the large object heap's threshold of 85,000 bytes.
    private const int ChunkSize = 64 * 1024;

    private readonly List<byte[]> _chunks = [];
    private readonly long _maxSize;

    /// <param name="maxSize">What goes beyond this is counted and not kept: it cannot be the right one any more.</param>
    public PackedBody(long maxSize) => _maxSize = maxSize;

    /// <summary>How many bytes were written.</summary>
    public long Size { get; private set; }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (Size + buffer.Length > _maxSize)
        {
            Size += buffer.Length;
            return;
        }

        while (!buffer.IsEmpty)
        {
            var at = (int)(Size % ChunkSize);
            if (at == 0) _chunks.Add(ArrayPool<byte>.Shared.Rent(ChunkSize));
            var count = Math.Min(buffer.Length, ChunkSize - at);
            buffer[..count].CopyTo(_chunks[^1].AsSpan(at));
            buffer = buffer[count..];
            Size += count;
        }
    }

    public Sha256Digest HashWith(ReadOnlyMemory<byte> header)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header.Span);
        foreach (var chunk in Kept()) hash.AppendData(chunk.Span);
        return Sha256Digest.FromBytes(hash.GetHashAndReset());
    }

    public async ValueTask WriteToAsync(Stream target, ReadOnlyMemory<byte> header, CancellationToken cancellationToken)
    {
        await target.WriteAsync(header, cancellationToken).ConfigureAwait(false);
        foreach (var chunk in Kept()) await target.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var chunk in _chunks) ArrayPool<byte>.Shared.Return(chunk);
        _chunks.Clear();
        base.Dispose(disposing);
    }

    private IEnumerable<ReadOnlyMemory<byte>> Kept()
    {
        var left = Size;
        foreach (var chunk in _chunks)
        {
            yield return chunk.AsMemory(0, (int)Math.Min(left, ChunkSize));
            left -= ChunkSize;
        }
    }
}
