using System.Collections.Immutable;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using static DeltaGlider.Core.Tests.UseCases.FolderWorld;

namespace DeltaGlider.Core.Tests.UseCases;

/// <summary>However many keys there are, few of them are held. Runs alone: it measures the memory of the whole process.</summary>
[CollectionDefinition(nameof(ManyKeysTests), DisableParallelization = true)]
[Collection(nameof(ManyKeysTests))]
public sealed class ManyKeysTests : IDisposable
{
    private const int Keys = 100_000;

    // Their names and times alone would take more than this.
    private const long Allowed = 8 << 20;

    private readonly FolderWorld _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task A_plan_for_a_hundred_thousand_downloads_holds_few_of_them()
    {
        var store = new EndlessStore();
        var request = new FolderRequest(FolderPlace.In(new S3Uri("endless", "")), _lab.Local) { Delete = true };

        Assert.Equal(Keys, await CountAsync(request, store, FolderOutcome.NotDone));
        Assert.Equal(Keys / 2, store.Finds);
        Assert.Equal((Keys / 1000) + 1, store.Pages);
    }

    [Fact]
    public async Task Two_buckets_of_a_hundred_thousand_are_compared_side_by_side()
    {
        var store = new EndlessStore();
        _lab.World.Hooked.Before = _ => throw new InvalidOperationException("Both sides are endless here.");
        var request = new FolderRequest(FolderPlace.In(new S3Uri("endless", "")), FolderPlace.In(new S3Uri("copy", "")));

        Assert.Equal(Keys, await CountAsync(request, store, FolderOutcome.Unchanged, _lab.World.Client(new EndlessStore())));
    }

    [Fact]
    public async Task Ten_thousand_small_files_go_up_come_down_and_are_then_the_same()
    {
        const int Files = 10_000;
        for (var i = 0; i < Files; i++) _lab.Write($"d{i % 100:00}/f{i:00000}.txt", i % 50 == 0 ? [] : [(byte)i, (byte)(i >> 8)]);

        Assert.Equal(Files, (await _lab.UpAsync()).Count(result => result.Outcome == FolderOutcome.Done));
        Assert.Equal(Files, _lab.World.Keys.Count);
        Assert.All(await _lab.DownAsync(r => r with { Delete = true }), result => Assert.Equal(FolderOutcome.Unchanged, result.Outcome));

        // Each download is flushed to the disk, which takes its time; a tenth of them shows the same.
        var down = new FolderRequest(Remote(), FolderPlace.At(_lab.World.Folder["back"])) { Filter = PathFilter.Of(["d0*"], null) };
        Assert.Equal(Files / 10, (await _lab.RunAsync(down)).Count(result => result.Outcome == FolderOutcome.Done));
        Assert.All(await _lab.UpAsync(r => r with { Delete = true }), result => Assert.Equal(FolderOutcome.Unchanged, result.Outcome));
    }

    private async Task<int> CountAsync(FolderRequest request, EndlessStore source, FolderOutcome expected, Core.UseCases.DeltaGliderUseCases? destination = null)
    {
        var sync = (destination ?? _lab.World.Sut).SyncFrom(_lab.World.Client(source));
        var handlers = new FolderHandlers { Consent = (_, _) => ValueTask.FromResult(false) };
        var (count, before) = (0, 0L);
        await foreach (var result in sync.RunAsync(request, handlers, World.Cancellation))
        {
            Assert.Equal(expected, result.Outcome);
            if (++count == 1_000) before = GC.GetTotalMemory(forceFullCollection: true);
            else if (count % 24_000 == 0) Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, Allowed);
        }

        return count;
    }

    /// <summary>A bucket that makes its keys up as it is asked: archives as deltas, and beside each a file stored whole.</summary>
    private sealed class EndlessStore : IObjectStore
    {
        private int _finds;
        private int _pages;

        public int Finds => _finds;

        public int Pages => _pages;

        public async IAsyncEnumerable<ListPage> ListAsync(ListRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            for (var from = 0; from <= Keys; from += 1000)
            {
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
                Interlocked.Increment(ref _pages);
                yield return new ListPage([.. Enumerable.Range(from, Math.Min(1000, Keys - from)).Select(i => new ListedObject(KeyOf(i), 100, Before, $"etag-{i}"))], []);
            }
        }

        public ValueTask<StoredObject?> FindAsync(S3Uri uri, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _finds);
            var metadata = ImmutableDictionary<string, string>.Empty
                .Add("dg-file-sha256", new string('a', 64))
                .Add("dg-file-size", uri.Key.EndsWith(".delta", StringComparison.Ordinal) ? "1000" : "100")
                .Add("mtime", "1700000000.5");
            if (uri.Key.EndsWith(".delta", StringComparison.Ordinal)) metadata = metadata.Add("dg-ref-sha256", new string('b', 64));
            return ValueTask.FromResult<StoredObject?>(new StoredObject(uri, 100, Before, "etag", null, metadata));
        }

        public ValueTask<OpenedObject> OpenAsync(S3Uri uri, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<BucketInfo> ListBucketsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<StoredObject> PutAsync(PutRequest request, IProgress<long>? progress, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask CreateBucketAsync(string bucket, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<bool> DeleteAsync(S3Uri uri, string? ifMatch, CancellationToken cancellationToken) => throw new NotSupportedException();

        private static string KeyOf(int number) => number % 2 == 0
            ? $"folder-{number / 2000:000}/app-{number / 2:000000}.zip.delta"
            : $"folder-{number / 2000:000}/app-{number / 2:000000}.zip.sha256";
    }
}
