using DeltaGlider.Adapters.Common;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Adapters.Folder;

/// <summary>Reads objects without taking locks.</summary>
internal static class FolderReader
{
    private const int Attempts = 200;

    /// <summary>The object's description; null when there is none.</summary>
    public static StoredObject? Find(BucketLayout bucket, S3Uri uri) => Sidecar.TryRead(bucket.SidecarOf(uri.Key))?.Describe(uri.Bucket);

    /// <summary>The object's description and its bytes, of one version.</summary>
    public static async ValueTask<OpenedObject> OpenAsync(BucketLayout bucket, S3Uri uri, CancellationToken cancellationToken)
    {
        var path = bucket.SidecarOf(uri.Key);
        string? missing = null;
        for (var attempt = 1; ; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var before = Sidecar.TryRead(path) ?? throw NotFound(uri);
            var file = KeyPath.TryOpen(bucket, before);
            var after = Sidecar.TryRead(path);
            if (after?.Generation == before.Generation && file is not null) return Opened(uri, before, file);
            if (file is not null) await file.DisposeAsync().ConfigureAwait(false);
            // Twice the same version without bytes may be a move under way; two hundred times it is a loss.
            if (after is null) throw NotFound(uri);
            if (file is null && missing == before.Generation && attempt >= Attempts) throw Tampered(uri, "its bytes are gone");
            missing = file is null ? before.Generation : null;
            if (attempt > 3) await Task.Delay(Math.Min(attempt / 4, 10), cancellationToken).ConfigureAwait(false);
        }
    }

    private static OpenedObject Opened(S3Uri uri, Sidecar sidecar, FileStream file)
    {
        if (file.Length == sidecar.Size) return new OpenedObject(sidecar.Describe(uri.Bucket), new ExactLengthStream(file, uri, sidecar.Size));
        var length = file.Length;
        file.Dispose();
        throw Tampered(uri, $"there are {length} bytes where {sidecar.Size} were stored");
    }

    private static DeltaGliderException NotFound(S3Uri uri) =>
        new(ErrorKind.ObjectNotFound, uri.ToString(), $"There is no object '{uri}'.");

    private static DeltaGliderException Tampered(S3Uri uri, string how) =>
        new(ErrorKind.ChecksumMismatch, uri.ToString(), $"Somebody changed the files of '{uri}' in the store's folder: {how}.")
        {
            Advice = "Store the object again.",
        };
}
