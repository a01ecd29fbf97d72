using System.Buffers;
using System.IO.Compression;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Adapters.Codec;

/// <summary>Unpacks a gzip file, all its members, in memory.</summary>
internal static class GzipUnpacker
{
    private const int Step = 128 * 1024;

    /// <exception cref="Core.Errors.DeltaGliderException">It is no gzip file, or a damaged one, or has more content than
    /// <paramref name="maxBytes"/>.</exception>
    public static async ValueTask<SourceBuffer> UnpackAsync(SourceBuffer packed, long maxBytes, CancellationToken cancellationToken)
    {
        try
        {
            // The size at a gzip file's end is that of the last member, modulo 4 GiB: counting is the only way to know.
            var length = await CountAsync(packed, maxBytes, cancellationToken).ConfigureAwait(false);
            using var content = Open(packed);
            return await SourceBuffer.ReadAsync(content, length, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            throw CodecErrors.CompressionLost($"the reference cannot be unpacked as gzip ({e.Message}).", e);
        }
    }

    private static async ValueTask<long> CountAsync(SourceBuffer packed, long maxBytes, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Step);
        try
        {
            using var content = Open(packed);
            for (long length = 0; ;)
            {
                var read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (read == 0) return length;
                length += read;
                if (length > maxBytes) throw CodecErrors.CompressionLost($"the reference unpacks to more than the {maxBytes} bytes that are allowed.");
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static GZipStream Open(SourceBuffer packed) => new(packed.OpenRead(), CompressionMode.Decompress);
}
