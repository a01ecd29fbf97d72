using DeltaGlider.Adapters.Common;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Adapters.Folder;

/// <summary>Writes and removes objects. <see cref="FolderStore"/> tells the order of steps and why it is safe.</summary>
internal sealed class FolderWriter(TimeProvider time)
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Stores an object.</summary>
    public async ValueTask<StoredObject> PutAsync(
        BucketLayout bucket, PutRequest request, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var key = request.Target.Key;
        if (request.Condition == PutCondition.IfAbsent && File.Exists(bucket.SidecarOf(key))) throw AlreadyThere(request.Target);
        using var data = TempFile.Create(bucket);
        var etag = await CopyAsync(request, data.Stream, progress, cancellationToken).ConfigureAwait(false);
        // On the disk before the lock is taken: that may take long.
        data.Stream.Flush(flushToDisk: true);

        using var held = await KeyLock.AcquireAsync(bucket, key, request.Target.ToString(), cancellationToken).ConfigureAwait(false);
        var old = Sidecar.TryRead(bucket.SidecarOf(key));
        if (old is not null && request.Condition == PutCondition.IfAbsent) throw AlreadyThere(request.Target);
        if (request.IfMatch is not null && old?.ETag != request.IfMatch) throw Fail.Replaced(request.Target);
        var sidecar = new Sidecar
        {
            Key = key,
            Size = request.Content.Length,
            ETag = etag,
            LastModified = time.GetUtcNow(),
            Generation = Guid.NewGuid().ToString("n"),
            OwnsKeyPath = old is not null && KeyPath.IsOwned(bucket, old),
            ContentType = request.ContentType,
            StorageClass = request.StorageClass,
            Metadata = request.Metadata,
        };
        Commit(bucket, sidecar, data, replaces: old is not null);
        KeyPath.TryPublish(bucket, sidecar);
        if (old is not null) Folders.TryDelete(bucket.DataOf(key, old.Generation));
        return sidecar.Describe(request.Target.Bucket);
    }

    /// <summary>Removes an object; false when it is not the version asked for.</summary>
    public static async ValueTask<bool> DeleteAsync(BucketLayout bucket, S3Uri uri, string? ifMatch, CancellationToken cancellationToken)
    {
        var path = bucket.SidecarOf(uri.Key);
        if (!File.Exists(path)) return ifMatch is null;
        using var held = await KeyLock.AcquireAsync(bucket, uri.Key, uri.ToString(), cancellationToken).ConfigureAwait(false);
        var sidecar = Sidecar.TryRead(path);
        if (ifMatch is not null && sidecar?.ETag != ifMatch) return false;
        if (sidecar is null) return true;
        KeyPath.TryWithdraw(bucket, sidecar);
        File.Delete(path);
        Folders.TryDelete(bucket.DataOf(uri.Key, sidecar.Generation));
        Folders.RemoveEmptyAbove(path, bucket.Meta);
        return true;
    }

    private static void Commit(BucketLayout bucket, Sidecar sidecar, TempFile data, bool replaces)
    {
        using var description = TempFile.Create(bucket);
        description.Stream.Write(sidecar.ToJson());
        var path = bucket.DataOf(sidecar.Key, sidecar.Generation);
        data.MoveTo(path, overwrite: false);
        try
        {
            // Without overwriting where nothing was: even on a file system without locks only one creation succeeds.
            description.MoveTo(bucket.SidecarOf(sidecar.Key), overwrite: replaces);
        }
        catch
        {
            Folders.TryDelete(path);
            throw;
        }
    }

    private static async ValueTask<string> CopyAsync(
        PutRequest request, FileStream destination, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var content = await request.Content.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var source = new GuardedRead(content, request.Target, request.Content.Length, progress);
        await source.CopyToAsync(destination, BufferSize, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return source.Md5!;
    }

    private static DeltaGliderException AlreadyThere(S3Uri uri) =>
        new(ErrorKind.AlreadyExists, uri.ToString(), $"'{uri}' already exists.") { Safe = "It was left as it is." };
}
