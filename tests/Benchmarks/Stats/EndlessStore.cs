using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Benchmarks.Stats;

/// <summary>
/// A bucket of any number of objects that are nowhere: listed and described on the fly, so that the memory measured is
/// not the store's. Of every ten, five are deltas and five stored whole; a hundred make a deltaspace.
/// </summary>
/// <param name="count">How many objects.</param>
/// <param name="latency">How long each request takes.</param>
internal sealed class EndlessStore(int count, TimeSpan latency) : IObjectStore
{
    private const int PerSpace = 100;
    private const long FileSize = 1_000_000;
    private const long DeltaSize = 50_000;

    private int _now;
    private int _finds;

    public int Lists { get; private set; }

    public int Finds => _finds;

    public int MostAtOnce { get; private set; }

    /// <summary>What the files come to.</summary>
    public long TotalSize => (long)count * FileSize;

    public async IAsyncEnumerable<ListPage> ListAsync(ListRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var page = ImmutableArray.CreateBuilder<ListedObject>();
        for (var i = 0; i < count; i++)
        {
            page.Add(Listed(i));
            if (i % PerSpace == PerSpace - 1 || i == count - 1) page.Add(new ListedObject($"{SpaceOf(i)}reference.bin", FileSize, DateTimeOffset.UnixEpoch, "r"));
            if (page.Count < 1000 && i < count - 1) continue;
            Lists++;
            await Task.Delay(latency, cancellationToken);
            yield return new ListPage(page.ToImmutable(), []);
            page.Clear();
        }
    }

    public async ValueTask<StoredObject?> FindAsync(S3Uri uri, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _finds);
        var now = Interlocked.Increment(ref _now);
        if (now > MostAtOnce) MostAtOnce = now;
        await Task.Delay(latency, cancellationToken);
        Interlocked.Decrement(ref _now);
        if (!uri.Key.EndsWith(".delta", StringComparison.Ordinal)) return new StoredObject(uri, FileSize, DateTimeOffset.UnixEpoch, "e", null, ImmutableDictionary<string, string>.Empty);
        var metadata = ImmutableDictionary<string, string>.Empty
            .Add("dg-file-sha256", new string('a', 64))
            .Add("dg-ref-sha256", new string('b', 64))
            .Add("dg-ref-path", "reference.bin")
            .Add("dg-file-size", FileSize.ToString(CultureInfo.InvariantCulture));
        return new StoredObject(uri, DeltaSize, DateTimeOffset.UnixEpoch, "e", null, metadata);
    }

    public ValueTask<OpenedObject> OpenAsync(S3Uri uri, CancellationToken cancellationToken) => throw new DeltaGliderException(ErrorKind.ObjectNotFound, uri.ToString(), "Nothing is kept here.");

    public IAsyncEnumerable<BucketInfo> ListBucketsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<StoredObject> PutAsync(PutRequest request, IProgress<long>? progress, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask CreateBucketAsync(string bucket, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<bool> DeleteAsync(S3Uri uri, string? ifMatch, CancellationToken cancellationToken) => throw new NotSupportedException();

    private static ListedObject Listed(int i)
    {
        // In the order of the keys: files of one deltaspace by their number, the reference after them.
        var isDelta = i % 2 == 0;
        var key = string.Create(CultureInfo.InvariantCulture, $"{SpaceOf(i)}file-{i % PerSpace:00}{(isDelta ? ".zip.delta" : ".txt")}");
        return new ListedObject(key, isDelta ? DeltaSize : FileSize, DateTimeOffset.UnixEpoch, "e");
    }

    private static string SpaceOf(int i) => string.Create(CultureInfo.InvariantCulture, $"releases/{i / PerSpace:0000000}/");
}
