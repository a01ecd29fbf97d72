using DeltaGlider.Adapters.Cache;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Adapters.Tests.Cache;

public sealed class MemoryReferenceCacheTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reference_is_loaded_once_and_lent_again()
    {
        using var cache = new MemoryReferenceCache(100);
        var reference = new FakeReference(10);
        for (var i = 0; i < 3; i++)
        {
            using var lease = await cache.AcquireAsync(Sha(1), _ => i == 0 ? new(reference) : throw new InvalidOperationException(), Cancel);
            Assert.Same(reference, lease.Reference);
            Assert.Equal(Sha(1), lease.Sha256);
        }

        Assert.False(reference.IsDisposed);
    }

    [Fact]
    public async Task All_that_ask_at_once_share_one_load()
    {
        using var cache = new MemoryReferenceCache(100);
        var loads = 0;
        var gate = new TaskCompletionSource<IDeltaReference>();
        var waiting = Enumerable.Range(0, 20).Select(_ => cache.AcquireAsync(Sha(1), _ =>
        {
            Interlocked.Increment(ref loads);
            return new(gate.Task);
        }, Cancel).AsTask()).ToArray();
        gate.SetResult(new FakeReference(1));
        var leases = await Task.WhenAll(waiting);
        Assert.Equal(1, loads);
        Assert.Single(leases.Select(lease => lease.Reference).Distinct());
    }

    [Fact]
    public async Task The_least_recently_used_goes_first_and_never_one_on_loan()
    {
        using var cache = new MemoryReferenceCache(30);
        var references = Enumerable.Range(0, 5).Select(_ => new FakeReference(10)).ToArray();
        var held = await AcquireAsync(cache, 0, references[0]);
        for (var i = 1; i < 3; i++) (await AcquireAsync(cache, i, references[i])).Dispose();
        (await AcquireAsync(cache, 1, references[1])).Dispose();
        (await AcquireAsync(cache, 3, references[3])).Dispose();
        Assert.Equal([false, false, true, false], references[..4].Select(r => r.IsDisposed));
        (await AcquireAsync(cache, 4, references[4])).Dispose();
        Assert.Equal([false, true, true, false, false], references.Select(r => r.IsDisposed));
        held.Dispose();
        held.Dispose();
        Assert.False(references[0].IsDisposed);
    }

    [Fact]
    public async Task One_that_is_too_large_is_lent_and_not_kept_and_drives_nothing_out()
    {
        using var cache = new MemoryReferenceCache(30);
        var small = new FakeReference(10);
        var large = new FakeReference(31);
        (await AcquireAsync(cache, 1, small)).Dispose();
        var one = await AcquireAsync(cache, 2, large);
        var other = await AcquireAsync(cache, 2, new FakeReference(31));
        Assert.Same(large, other.Reference);
        one.Dispose();
        Assert.False(large.IsDisposed);
        other.Dispose();
        Assert.True(large.IsDisposed);
        Assert.False(small.IsDisposed);
        var again = new FakeReference(31);
        using var third = await AcquireAsync(cache, 2, again);
        Assert.Same(again, third.Reference);
    }

    [Fact]
    public async Task A_failed_load_fails_all_that_wait_and_is_not_remembered()
    {
        using var cache = new MemoryReferenceCache(30);
        var gate = new TaskCompletionSource<IDeltaReference>();
        var one = cache.AcquireAsync(Sha(1), _ => new(gate.Task), Cancel).AsTask();
        var other = cache.AcquireAsync(Sha(1), _ => new(gate.Task), Cancel).AsTask();
        gate.SetException(new IOException("broken"));
        await Assert.ThrowsAsync<IOException>(() => one);
        await Assert.ThrowsAsync<IOException>(() => other);
        using var lease = await AcquireAsync(cache, 1, new FakeReference(1));
        Assert.NotNull(lease.Reference);
    }

    [Fact]
    public async Task Who_stops_waiting_does_not_stop_the_load_unless_he_is_the_last()
    {
        using var cache = new MemoryReferenceCache(30);
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        var stopped = new TaskCompletionSource();
        ValueTask<IDeltaReference> Load(CancellationToken token)
        {
            token.Register(() => stopped.TrySetResult());
            return new(Task.Delay(Timeout.Infinite, token).ContinueWith<IDeltaReference>(_ => throw new OperationCanceledException(token), TaskScheduler.Default));
        }

        var one = cache.AcquireAsync(Sha(1), Load, first.Token).AsTask();
        var other = cache.AcquireAsync(Sha(1), Load, second.Token).AsTask();
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        await Task.Delay(20, Cancel);
        Assert.False(stopped.Task.IsCompleted);
        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => other);
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(5), Cancel);
        using var lease = await AcquireAsync(cache, 1, new FakeReference(1));
        Assert.NotNull(lease.Reference);
    }

    [Fact]
    public async Task A_load_that_nobody_waits_for_any_more_and_that_succeeds_all_the_same_is_freed()
    {
        using var cache = new MemoryReferenceCache(30);
        using var cancel = new CancellationTokenSource();
        var gate = new TaskCompletionSource<IDeltaReference>();
        var acquire = cache.AcquireAsync(Sha(1), _ => new(gate.Task), cancel.Token).AsTask();
        await Task.Delay(20, Cancel);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => acquire);
        var late = new FakeReference(1);
        gate.SetResult(late);
        await late.Disposed.WaitAsync(TimeSpan.FromSeconds(5), Cancel);
    }

    [Fact]
    public async Task Disposing_the_cache_frees_what_is_idle_and_leaves_what_is_on_loan_to_its_lease()
    {
        var cache = new MemoryReferenceCache(30);
        var idle = new FakeReference(1);
        var lent = new FakeReference(1);
        (await AcquireAsync(cache, 1, idle)).Dispose();
        var lease = await AcquireAsync(cache, 2, lent);
        cache.Dispose();
        Assert.True(idle.IsDisposed);
        Assert.False(lent.IsDisposed);
        lease.Dispose();
        Assert.True(lent.IsDisposed);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await AcquireAsync(cache, 1, idle));
    }

    [Fact]
    public async Task Under_many_threads_nothing_is_used_after_it_was_freed()
    {
        using var cache = new MemoryReferenceCache(25);
        await Parallel.ForEachAsync(Enumerable.Range(0, 5000), Cancel, async (i, token) =>
        {
            using var lease = await cache.AcquireAsync(Sha(i % 7), _ => new(new FakeReference(5 + (i % 4))), token);
            Assert.False(((FakeReference)lease.Reference).IsDisposed);
            if (i % 3 == 0) await Task.Yield();
            Assert.False(((FakeReference)lease.Reference).IsDisposed);
        });
    }

    private static Sha256Digest Sha(int number) => Sha256Digest.Parse(number.ToString("x64", System.Globalization.CultureInfo.InvariantCulture));

    private static ValueTask<ReferenceLease> AcquireAsync(MemoryReferenceCache cache, int number, FakeReference reference) =>
        cache.AcquireAsync(Sha(number), _ => new(reference), Cancel);

    private sealed class FakeReference(long length) : IDeltaReference
    {
        private readonly TaskCompletionSource _disposed = new();

        public long Length => length;

        public bool IsDisposed => _disposed.Task.IsCompleted;

        public Task Disposed => _disposed.Task;

        public Stream OpenRead() => Stream.Null;

        public ValueTask EncodeAsync(Stream target, Stream delta, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask<bool> DecodeAsync(Stream delta, Stream target, long maxTargetBytes, CancellationToken cancellationToken) => ValueTask.FromResult(true);

        public ValueTask<bool> EncodeDeepAsync(IContent target, Stream delta, double maxShareOfPlain, Action<double>? report, CancellationToken cancellationToken) => new(false);

        public ValueTask DecodeDeepAsync(Stream delta, Stream target, long maxTargetBytes, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask DecodeUnpackedAsync(IContent delta, Stream target, ExpectedContent original, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public void Dispose() => _disposed.TrySetResult();
    }
}
