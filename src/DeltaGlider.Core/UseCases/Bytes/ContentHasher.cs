using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Core.UseCases.Bytes;

/// <summary>Reads content once and says what identifies it.</summary>
internal static class ContentHasher
{
    private const int BufferSize = 1 << 20;

    /// <summary>Takes SHA-256 and MD5 in one pass.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "The proxy reads dg-md5; nothing here relies on it.")]
    public static async ValueTask<ContentDigest> HashAsync(IContent content, Action<long>? onBytes, CancellationToken cancellationToken)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var stream = await content.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = stream.ConfigureAwait(false);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            long length = 0;
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                sha256.AppendData(buffer, 0, read);
                md5.AppendData(buffer, 0, read);
                length += read;
                onBytes?.Invoke(length);
            }

            return new ContentDigest(
                length,
                Sha256Digest.FromBytes(sha256.GetHashAndReset()),
                Convert.ToHexString(md5.GetHashAndReset()).ToLowerInvariant());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
