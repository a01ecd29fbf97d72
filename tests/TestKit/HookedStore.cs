using System.Collections.Concurrent;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.TestKit;

/// <summary>
/// A store that tells a test of every call, before and after it: the place to let another client act in between, or to
/// let a call fail. It records the calls too.
/// </summary>
public sealed class HookedStore(IObjectStore inner) : IObjectStore
{
    private readonly ConcurrentQueue<StoreCall> _calls = new();

    /// <summary>Runs before a call reaches the store; what it throws, the caller sees.</summary>
    public Func<StoreCall, ValueTask>? Before { get; set; }

    /// <summary>Runs after a call has taken effect; what it throws, the caller sees: an error after the commit.</summary>
    public Func<StoreCall, ValueTask>? After { get; set; }

    /// <summary>The calls so far.</summary>
    public IReadOnlyList<StoreCall> Calls => [.. _calls];

    public ValueTask<StoredObject?> FindAsync(S3Uri uri, CancellationToken cancellationToken) =>
        RunAsync(new StoreCall(StoreVerb.Find, uri), () => inner.FindAsync(uri, cancellationToken));

    public ValueTask<OpenedObject> OpenAsync(S3Uri uri, CancellationToken cancellationToken) =>
        RunAsync(new StoreCall(StoreVerb.Open, uri), () => inner.OpenAsync(uri, cancellationToken));

    public ValueTask<StoredObject> PutAsync(PutRequest request, IProgress<long>? progress, CancellationToken cancellationToken) =>
        RunAsync(new StoreCall(StoreVerb.Put, request.Target), () => inner.PutAsync(request, progress, cancellationToken));

    public ValueTask<bool> DeleteAsync(S3Uri uri, string? ifMatch, CancellationToken cancellationToken) =>
        RunAsync(new StoreCall(StoreVerb.Delete, uri), () => inner.DeleteAsync(uri, ifMatch, cancellationToken));

    public async IAsyncEnumerable<ListPage> ListAsync(ListRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var call = new StoreCall(StoreVerb.List, new S3Uri(request.Bucket, request.Prefix));
        await using var pages = inner.ListAsync(request, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            var more = await RunAsync(call, () => pages.MoveNextAsync());
            if (!more) yield break;
            yield return pages.Current;
        }
    }

    public IAsyncEnumerable<BucketInfo> ListBucketsAsync(CancellationToken cancellationToken) => inner.ListBucketsAsync(cancellationToken);

    public ValueTask<bool> CreatesOnlyOnceAsync(string bucket, CancellationToken cancellationToken) => inner.CreatesOnlyOnceAsync(bucket, cancellationToken);

    public ValueTask CreateBucketAsync(string bucket, CancellationToken cancellationToken) => inner.CreateBucketAsync(bucket, cancellationToken);

    private async ValueTask<T> RunAsync<T>(StoreCall call, Func<ValueTask<T>> run)
    {
        _calls.Enqueue(call);
        if (Before is { } before) await before(call);
        var result = await run();
        if (After is { } after) await after(call);
        return result;
    }
}
