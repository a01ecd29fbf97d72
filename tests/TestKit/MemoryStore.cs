using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.TestKit;

/// <summary>
/// A store in memory, for tests: every promise of <see cref="IObjectStore"/> kept by one lock. Tests may plant raw
/// objects and look at what lies there.
/// </summary>
public sealed partial class MemoryStore : IObjectStore, IBucketCare
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;

    /// <summary>Makes a store with these buckets.</summary>
    public MemoryStore(TimeProvider time, params string[] buckets)
    {
        _time = time;
        foreach (var bucket in buckets) _buckets.Add(bucket, new Bucket(time.GetUtcNow()));
    }

    /// <summary>Makes a store on the system's clock with these buckets.</summary>
    public MemoryStore(params string[] buckets)
        : this(TimeProvider.System, buckets)
    {
    }

    /// <summary>Every key of a bucket, in order.</summary>
    public ImmutableArray<string> Keys(string bucket)
    {
        lock (_gate) return [.. _buckets[bucket].Objects.Keys];
    }

    /// <summary>An object's bytes; fails when there is none.</summary>
    public byte[] Bytes(S3Uri uri)
    {
        lock (_gate) return [.. _buckets[uri.Bucket].Objects[uri.Key].Bytes];
    }

    /// <summary>An object as it would be found, or null.</summary>
    public StoredObject? Peek(S3Uri uri)
    {
        lock (_gate) return _buckets.GetValueOrDefault(uri.Bucket)?.Objects.GetValueOrDefault(uri.Key)?.Description;
    }

    /// <summary>Plants an object without a check; the bucket is made where it is missing.</summary>
    public StoredObject Put(
        S3Uri uri,
        ReadOnlySpan<byte> bytes,
        IEnumerable<KeyValuePair<string, string>>? metadata = null,
        string? contentType = "application/octet-stream",
        DateTimeOffset? lastModified = null)
    {
        var entry = Describe(uri, bytes.ToArray(), contentType, metadata?.ToImmutableDictionary() ?? [], null, lastModified);
        lock (_gate)
        {
            if (!_buckets.TryGetValue(uri.Bucket, out var bucket)) _buckets.Add(uri.Bucket, bucket = new Bucket(_time.GetUtcNow()));
            bucket.Objects[uri.Key] = entry;
        }

        return entry.Description;
    }

    /// <summary>Takes an object away, as somebody else would.</summary>
    public bool Remove(S3Uri uri)
    {
        lock (_gate) return _buckets.TryGetValue(uri.Bucket, out var bucket) && bucket.Objects.Remove(uri.Key);
    }

    public ValueTask<StoredObject?> FindAsync(S3Uri uri, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        StoreLimits.CheckKey(uri);
        lock (_gate) return ValueTask.FromResult(Need(uri).Objects.GetValueOrDefault(uri.Key)?.Description);
    }

    public ValueTask<OpenedObject> OpenAsync(S3Uri uri, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        StoreLimits.CheckKey(uri);
        lock (_gate)
        {
            if (!Need(uri).Objects.TryGetValue(uri.Key, out var entry))
                throw new DeltaGliderException(ErrorKind.ObjectNotFound, uri.ToString(), $"There is no object '{uri}'.");
            return ValueTask.FromResult(new OpenedObject(entry.Description, new MemoryStream(entry.Bytes, writable: false)));
        }
    }

    public async IAsyncEnumerable<ListPage> ListAsync(ListRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(request.PageSize, Math.Clamp(request.PageSize, 1, 1000));
        var after = request.StartAfter;
        var first = true;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            var (page, last) = Page(request, after);
            if (first || page.Objects.Length + page.CommonPrefixes.Length > 0) yield return page;
            if (last is null) yield break;
            after = last;
            first = false;
        }
    }

    public async IAsyncEnumerable<BucketInfo> ListBucketsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        ImmutableArray<BucketInfo> all;
        lock (_gate) all = [.. _buckets.Select(pair => new BucketInfo(pair.Key, pair.Value.CreatedAt))];
        foreach (var bucket in all)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return bucket;
        }
    }

    public async ValueTask<StoredObject> PutAsync(PutRequest request, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        StoreLimits.Check(request);
        lock (_gate) CheckCondition(request);
        var bytes = new byte[request.Content.Length];
        await using (var stream = await request.Content.OpenAsync(cancellationToken))
        {
            var done = 0;
            while (done < bytes.Length)
            {
                var read = await stream.ReadAsync(bytes.AsMemory(done), cancellationToken);
                if (read == 0) throw Changed(request.Target);
                done += read;
                progress?.Report(done);
            }

            if (await stream.ReadAsync(new byte[1], cancellationToken) != 0) throw Changed(request.Target);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var entry = Describe(request.Target, bytes, request.ContentType, request.Metadata, request.StorageClass, null);
        lock (_gate)
        {
            CheckCondition(request);
            Need(request.Target).Objects[request.Target.Key] = entry;
        }

        return entry.Description;
    }

    public ValueTask CreateBucketAsync(string bucket, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate) _buckets.TryAdd(bucket, new Bucket(_time.GetUtcNow()));
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> DeleteAsync(S3Uri uri, string? ifMatch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        StoreLimits.CheckKey(uri);
        lock (_gate)
        {
            var objects = Need(uri).Objects;
            if (ifMatch is not null && objects.GetValueOrDefault(uri.Key)?.Description.ETag != ifMatch) return ValueTask.FromResult(false);
            objects.Remove(uri.Key);
            return ValueTask.FromResult(true);
        }
    }

    private static DeltaGliderException Changed(S3Uri target) =>
        new(ErrorKind.FileChanged, target.ToString(), $"The content for '{target}' did not have the length it had when the upload began.");

    private (ListPage Page, string? Last) Page(ListRequest request, string? after)
    {
        var objects = ImmutableArray.CreateBuilder<ListedObject>();
        var prefixes = ImmutableArray.CreateBuilder<string>();
        string? last = null;
        lock (_gate)
        {
            foreach (var (key, entry) in Need(new S3Uri(request.Bucket, "")).Objects)
            {
                if (!key.StartsWith(request.Prefix, StringComparison.Ordinal)) continue;
                var name = RollUp(key, request);
                if (after is not null && KeyOrder.Utf8.Compare(name, after) <= 0) continue;
                if (name == last) continue;
                if (objects.Count + prefixes.Count == request.PageSize) return (Built(), last);
                last = name;
                if (IsRolledUp(key, request)) prefixes.Add(name);
                else objects.Add(new ListedObject(key, entry.Bytes.Length, entry.Description.LastModified, entry.Description.ETag, entry.Description.StorageClass));
            }
        }

        return (Built(), null);

        ListPage Built() => new(objects.ToImmutable(), prefixes.ToImmutable());
    }

    private static bool IsRolledUp(string key, ListRequest request) =>
        request.Delimiter is { } delimiter && key.IndexOf(delimiter, request.Prefix.Length, StringComparison.Ordinal) >= 0;

    private static string RollUp(string key, ListRequest request) => IsRolledUp(key, request)
        ? key[..(key.IndexOf(request.Delimiter!, request.Prefix.Length, StringComparison.Ordinal) + request.Delimiter!.Length)]
        : key;

    private Bucket Need(S3Uri uri) => _buckets.GetValueOrDefault(uri.Bucket)
        ?? throw new DeltaGliderException(ErrorKind.BucketNotFound, uri.ToString(), $"There is no bucket '{uri.Bucket}'.");

    private void CheckCondition(PutRequest request)
    {
        if (Need(request.Target).Objects.ContainsKey(request.Target.Key) && request.Condition == PutCondition.IfAbsent)
            throw new DeltaGliderException(ErrorKind.AlreadyExists, request.Target.ToString(), $"'{request.Target}' already exists.");
        if (request.IfMatch is not null && Need(request.Target).Objects.GetValueOrDefault(request.Target.Key)?.Description.ETag != request.IfMatch)
            throw Fail.Replaced(request.Target);
    }

    // S3's ETag of an object sent in one piece is its MD5; it is a version mark here and protects nothing.
#pragma warning disable CA5351
    private Entry Describe(
        S3Uri uri, byte[] bytes, string? contentType, ImmutableDictionary<string, string> metadata, string? storageClass, DateTimeOffset? lastModified) =>
        new(bytes, new StoredObject(uri, bytes.Length, lastModified ?? _time.GetUtcNow(), Convert.ToHexStringLower(MD5.HashData(bytes)), contentType, metadata)
        {
            StorageClass = storageClass,
        });
#pragma warning restore CA5351

    private sealed record Entry(byte[] Bytes, StoredObject Description);

    private sealed record Bucket(DateTimeOffset CreatedAt)
    {
        public SortedDictionary<string, Entry> Objects { get; } = new(KeyOrder.Utf8);

        public List<PendingUpload> Uploads { get; } = [];

        public BucketAcl Acl { get; set; } = new("owner", "The owner", [new AclGrant(AclGranteeKind.User, "owner", AclRight.FullControl)]);
    }
}
