using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Core.UseCases.Bytes;

/// <summary>Reads a stored object for what its bytes are, not for the bytes.</summary>
internal static class StoredBytes
{
    /// <summary>The SHA-256 of an object's stored bytes, and of which version of it.</summary>
    public static async ValueTask<(string ETag, Sha256Digest Sha256)> HashAsync(IObjectReader store, S3Uri uri, CancellationToken cancellationToken)
    {
        var opened = await store.OpenAsync(uri, cancellationToken).ConfigureAwait(false);
        await using var closing = opened.ConfigureAwait(false);
        using var hashing = new HashingStream(opened.Content);
        await hashing.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
        return (opened.Description.ETag, hashing.Digest());
    }
}
