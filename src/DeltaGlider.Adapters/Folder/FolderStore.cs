using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using DeltaGlider.Adapters.Common;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Adapters.Folder;

/// <summary>
/// A folder that behaves as buckets: <c>&lt;root&gt;/&lt;bucket&gt;/&lt;key&gt;</c>, for one machine or one local file
/// system that several processes share.
/// <para>
/// Beside the readable files, each bucket has a folder of the store's own, <c>.dgstore</c>. An object exists exactly while
/// its sidecar does, <c>.dgstore/meta/&lt;encoded key&gt;.meta</c> (<see cref="KeyEncoding"/>; keys too long for a path:
/// <c>.dgstore/long/&lt;sha256&gt;.meta</c>). The sidecar names a generation; that generation's bytes lie at
/// <c>.dgstore/data/../&lt;sha256&gt;.&lt;generation&gt;</c> or, when nothing is there, at the key's own path.
/// </para>
/// <para>
/// A write goes: bytes to a temporary file, flushed; lock the key; move them into <c>data</c>; rename the new sidecar over
/// the old one, which is the commit; move the bytes to the key's path where that can be. Killed at any point, a reader
/// finds the old object whole or the new object whole, never a mix, and the last step may fail without harm: a key that
/// no file can be named after, a key that is a folder too (<c>a</c> beside <c>a/b</c>), a stranger's file in the way, a
/// system that tells no case apart. Removal goes backwards: bytes back into <c>data</c>, then the sidecar, then the bytes.
/// </para>
/// <para>
/// Files that somebody else put into the folder are no objects; they are neither listed, replaced nor removed. The lock
/// of a dead process is free at once, and the next writer tidies up behind it. See docs/design/folder-store.md.
/// </para>
/// </summary>
public sealed class FolderStore : IObjectStore, IBucketCare
{
    private readonly string _root;
    private readonly FolderWriter _writer;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, bool> _swept = new(StringComparer.Ordinal);

    /// <summary>Opens the store in the folder <paramref name="root"/>, which need not exist.</summary>
    public FolderStore(string root, TimeProvider? time = null)
    {
        _root = Path.GetFullPath(root);
        _time = time ?? TimeProvider.System;
        _writer = new FolderWriter(_time);
    }

    /// <inheritdoc/>
    public ValueTask<StoredObject?> FindAsync(S3Uri uri, CancellationToken cancellationToken) => GuardAsync(uri, () =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        StoreLimits.CheckKey(uri);
        return ValueTask.FromResult(FolderReader.Find(Need(uri), uri));
    });

    /// <inheritdoc/>
    public ValueTask<OpenedObject> OpenAsync(S3Uri uri, CancellationToken cancellationToken) => GuardAsync(uri, () =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        StoreLimits.CheckKey(uri);
        return FolderReader.OpenAsync(Need(uri), uri, cancellationToken);
    });

    /// <inheritdoc/>
    public async IAsyncEnumerable<ListPage> ListAsync(ListRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(request.PageSize, Math.Clamp(request.PageSize, 1, 1000));
        var uri = new S3Uri(request.Bucket, request.Prefix);
        await using var pages = FolderLister.ListAsync(Need(uri), request, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await GuardAsync(uri, pages.MoveNextAsync).ConfigureAwait(false)) yield return pages.Current;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<BucketInfo> ListBucketsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        var folders = await GuardAsync(S3Uri.AllBuckets, () => ValueTask.FromResult(Directory.Exists(_root)
            ? new DirectoryInfo(_root).GetDirectories().Where(folder => IsBucketFolderName(folder.Name)).ToArray()
            : [])).ConfigureAwait(false);
        foreach (var folder in folders.OrderBy(folder => folder.Name, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new BucketInfo(folder.Name, new DateTimeOffset(folder.CreationTimeUtc));
        }
    }

    /// <inheritdoc/>
    public ValueTask<StoredObject> PutAsync(PutRequest request, IProgress<long>? progress, CancellationToken cancellationToken) =>
        GuardAsync(request.Target, () =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            StoreLimits.Check(request);
            return _writer.PutAsync(NeedSwept(request.Target), request, progress, cancellationToken);
        });

    /// <inheritdoc/>
    public async ValueTask CreateBucketAsync(string bucket, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var uri = new S3Uri(bucket, "");
        if (!IsBucketFolderName(bucket))
            throw new DeltaGliderException(ErrorKind.InvalidArgument, uri.ToString(), $"'{bucket}' cannot be a bucket's name.");
        await GuardAsync(uri, () => ValueTask.FromResult(Directory.CreateDirectory(Path.Combine(_root, bucket)))).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(S3Uri uri, string? ifMatch, CancellationToken cancellationToken) => GuardAsync(uri, () =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        StoreLimits.CheckKey(uri);
        return FolderWriter.DeleteAsync(NeedSwept(uri), uri, ifMatch, cancellationToken);
    });

    /// <inheritdoc/>
    public async IAsyncEnumerable<PendingUpload> ListUploadsAsync(string bucket, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        var uri = new S3Uri(bucket, "");
        foreach (var upload in await GuardAsync(uri, () => ValueTask.FromResult(Leftovers.Pending(Need(uri), uri))).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return upload;
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> AbortUploadAsync(PendingUpload upload, CancellationToken cancellationToken) => GuardAsync(upload.Uri, () =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Leftovers.Abort(Need(upload.Uri), upload));
    });

    /// <inheritdoc/>
    public ValueTask<Uri> PresignAsync(PresignRequest request, CancellationToken cancellationToken) =>
        throw Fail.NotSupported(request.Uri, "make links to objects: it is a folder, and nothing serves it");

    /// <inheritdoc/>
    public async ValueTask DeleteBucketAsync(string bucket, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var uri = new S3Uri(bucket, "");
        await GuardAsync(uri, () =>
        {
            BucketRemover.Remove(Need(uri), uri, _root);
            return ValueTask.FromResult(true);
        }).ConfigureAwait(false);
        _swept.TryRemove(bucket, out _);
    }

    /// <inheritdoc/>
    public ValueTask<BucketAcl> GetAclAsync(string bucket, CancellationToken cancellationToken) => throw NoAcl(bucket);

    /// <inheritdoc/>
    public ValueTask SetAclAsync(string bucket, AclChange change, CancellationToken cancellationToken) => throw NoAcl(bucket);

    private static DeltaGliderException NoAcl(string bucket) => Fail.NotSupported(new S3Uri(bucket, ""), "grant anything: it is a folder, and the system's own rights hold");

    private static bool IsBucketFolderName(string name) => S3Uri.IsBucketName(name) && FileNames.IsPortable(name);

    private static async ValueTask<T> GuardAsync<T>(S3Uri uri, Func<ValueTask<T>> action)
    {
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (Exception e) when (FolderErrors.IsForeign(e))
        {
            throw FolderErrors.Translate(e, uri);
        }
    }

    private BucketLayout Need(S3Uri uri)
    {
        var path = Path.Combine(_root, uri.Bucket);
        return IsBucketFolderName(uri.Bucket) && Directory.Exists(path) ? new BucketLayout(path) : throw FolderErrors.NoBucket(uri, _root);
    }

    private BucketLayout NeedSwept(S3Uri uri)
    {
        var bucket = Need(uri);
        if (_swept.TryAdd(uri.Bucket, true)) Leftovers.Sweep(bucket);
        return bucket;
    }
}
