using System.Buffers;
using System.Security.Cryptography;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Adapters.Cache;

/// <summary>Writes entries (<see cref="EntryFormat"/>), a chunk at a time.</summary>
internal static class EntryWriter
{
    /// <exception cref="IOException">The content is not as long as it says, or the destination takes no more.</exception>
    public static async ValueTask WriteAsync(
        FernetKey key, Sha256Digest sha256, IContent content, DateTimeOffset time, Stream destination, CancellationToken cancellationToken)
    {
        var length = content.Length;
        var context = new byte[EntryFormat.ContextLength];
        EntryFormat.WriteContext(context, sha256, length);
        var largest = EntryFormat.PlainLength(length, 0);
        var plain = ArrayPool<byte>.Shared.Rent(Math.Max(1, largest));
        var token = ArrayPool<byte>.Shared.Rent(Math.Max(EntryFormat.HeaderLength, FernetKey.TokenLength(largest)));
        var stream = await content.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = stream.ConfigureAwait(false);
        try
        {
            EntryFormat.WriteHeader(token, length);
            await destination.WriteAsync(token.AsMemory(0, EntryFormat.HeaderLength), cancellationToken).ConfigureAwait(false);
            for (long index = 0; index < EntryFormat.ChunkCount(length); index++)
            {
                var chunk = plain.AsMemory(0, EntryFormat.PlainLength(length, index));
                await stream.ReadExactlyAsync(chunk, cancellationToken).ConfigureAwait(false);
                EntryFormat.SetIndex(context, index);
                var sealedLength = Seal(key, chunk.Span, context, time, token);
                await destination.WriteAsync(token.AsMemory(0, sealedLength), cancellationToken).ConfigureAwait(false);
            }

            if (await stream.ReadAsync(plain.AsMemory(0, 1), cancellationToken).ConfigureAwait(false) != 0)
                throw new IOException($"The reference is longer than its {length} bytes.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
            ArrayPool<byte>.Shared.Return(plain);
            ArrayPool<byte>.Shared.Return(token);
        }
    }

    private static int Seal(FernetKey key, ReadOnlySpan<byte> chunk, ReadOnlySpan<byte> context, DateTimeOffset time, Span<byte> token)
    {
        Span<byte> iv = stackalloc byte[FernetKey.IvLength];
        RandomNumberGenerator.Fill(iv);
        return key.Seal(chunk, context, time, iv, token);
    }
}
