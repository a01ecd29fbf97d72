using System.Runtime.CompilerServices;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.TestKit;

/// <summary>
/// A store in which one given call goes wrong. It counts the calls, so that a test first learns how many a scenario makes
/// and then lets each of them fail in every way; <see cref="Exercised"/> proves that the fault took place.
/// </summary>
public sealed class FaultyStore(IObjectStore inner, Fault? fault) : IObjectStore
{
    private int _calls;

    /// <summary>How many calls there were.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>True when the fault has taken place.</summary>
    public bool Exercised { get; private set; }

    /// <summary>Called when a call stalls, so that the test can cancel it.</summary>
    public Action? OnStall { get; init; }

    public ValueTask<StoredObject?> FindAsync(S3Uri uri, CancellationToken cancellationToken) =>
        RunAsync(uri, () => inner.FindAsync(uri, cancellationToken), cancellationToken);

    public async ValueTask<OpenedObject> OpenAsync(S3Uri uri, CancellationToken cancellationToken)
    {
        var kind = Count();
        await FailAsync(kind is FaultKind.Error or FaultKind.Stall ? kind : null, uri, cancellationToken);
        var opened = await inner.OpenAsync(uri, cancellationToken);
        if (kind is not (FaultKind.Break or FaultKind.Truncate or FaultKind.FlipBit)) return opened;

        using var bytes = new MemoryStream();
        await using (opened) await opened.Content.CopyToAsync(bytes, cancellationToken);
        if (bytes.Length == 0) return new OpenedObject(opened.Description, new MemoryStream());
        Exercised = true;
        return new OpenedObject(opened.Description, Damage(kind.Value, bytes.ToArray(), uri));
    }

    public async IAsyncEnumerable<ListPage> ListAsync(ListRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var uri = new S3Uri(request.Bucket, request.Prefix);
        await using var pages = inner.ListAsync(request, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await RunAsync(uri, () => pages.MoveNextAsync(), cancellationToken))
            yield return pages.Current;
    }

    public async IAsyncEnumerable<BucketInfo> ListBucketsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var buckets = inner.ListBucketsAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await RunAsync(S3Uri.AllBuckets, () => buckets.MoveNextAsync(), cancellationToken))
            yield return buckets.Current;
    }

    public ValueTask<StoredObject> PutAsync(PutRequest request, IProgress<long>? progress, CancellationToken cancellationToken) =>
        RunAsync(request.Target, () => inner.PutAsync(request, progress, cancellationToken), cancellationToken);

    public ValueTask<bool> CreatesOnlyOnceAsync(string bucket, CancellationToken cancellationToken) => inner.CreatesOnlyOnceAsync(bucket, cancellationToken);

    public ValueTask CreateBucketAsync(string bucket, CancellationToken cancellationToken) => inner.CreateBucketAsync(bucket, cancellationToken);

    public ValueTask<bool> DeleteAsync(S3Uri uri, string? ifMatch, CancellationToken cancellationToken) =>
        RunAsync(uri, () => inner.DeleteAsync(uri, ifMatch, cancellationToken), cancellationToken);

    private async ValueTask<T> RunAsync<T>(S3Uri uri, Func<ValueTask<T>> run, CancellationToken cancellationToken)
    {
        var kind = Count();
        await FailAsync(kind is FaultKind.Error or FaultKind.Stall ? kind : null, uri, cancellationToken);
        var result = await run();
        await FailAsync(kind == FaultKind.ErrorAfterCommit ? kind : null, uri, cancellationToken);
        return result;
    }

    private FaultKind? Count() => Interlocked.Increment(ref _calls) == fault?.Call ? fault.Kind : null;

    private async ValueTask FailAsync(FaultKind? kind, S3Uri uri, CancellationToken cancellationToken)
    {
        if (kind is null) return;
        Exercised = true;
        if (kind != FaultKind.Stall) throw Unavailable(uri);
        OnStall?.Invoke();
        await Task.Delay(TimeSpan.FromSeconds(30), cancellationToken);
        throw new TimeoutException($"Nobody cancelled the call to {uri}.");
    }

    private static Stream Damage(FaultKind kind, byte[] bytes, S3Uri uri)
    {
        switch (kind)
        {
            case FaultKind.FlipBit:
                bytes[bytes.Length / 2] ^= 4;
                return new MemoryStream(bytes, writable: false);
            case FaultKind.Truncate:
                return new MemoryStream(bytes, 0, bytes.Length / 2, writable: false);
            default:
                return new BreakingStream(bytes.AsMemory(0, bytes.Length / 2), () => Unavailable(uri));
        }
    }

    private static DeltaGliderException Unavailable(S3Uri uri) =>
        new(ErrorKind.StoreUnavailable, uri.ToString(), $"A fault was injected at {uri}.");
}
