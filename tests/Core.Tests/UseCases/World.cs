using DeltaGlider.Adapters.Cache;
using DeltaGlider.Adapters.Codec;
using DeltaGlider.Adapters.Files;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.UseCases;
using DeltaGlider.TestKit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DeltaGlider.Core.Tests.UseCases;

/// <summary>A bucket in memory, a folder of local files, the real codec, and use cases over them.</summary>
internal sealed class World : IDisposable
{
    public const string Bucket = "bucket";

    private readonly List<MemoryReferenceCache> _caches = [];

    public World()
    {
        Time = new ImpatientTime(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero)) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };
        Store = new MemoryStore(Time, Bucket);
        Hooked = new HookedStore(Store);
        Sut = Client(Hooked);
    }

    public FakeTimeProvider Time { get; }

    public MemoryStore Store { get; }

    public HookedStore Hooked { get; }

    public TempFolder Folder { get; } = new();

    /// <summary>The client under test, whose every call passes <see cref="Hooked"/>.</summary>
    public DeltaGliderUseCases Sut { get; }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public IReadOnlyList<string> Keys => Store.Keys(Bucket);

    public static S3Uri Uri(string key) => new(Bucket, key);

    /// <summary>Another client of the same bucket, with a cache of its own.</summary>
    public DeltaGliderUseCases Client(
        IObjectStore? store = null,
        DeltaPolicy? policy = null,
        IReferenceStorage? storage = null,
        ILoggerFactory? logs = null,
        IDeltaCodec? codec = null,
        long cacheBytes = 64 << 20,
        TimeProvider? time = null,
        TransferGate? transfers = null,
        IReferenceCache? cache = null,
        IBucketCare? care = null)
    {
        if (cache is null)
        {
            var own = new MemoryReferenceCache(cacheBytes);
            _caches.Add(own);
            cache = own;
        }

        return new DeltaGliderUseCases(
            new UseCasePorts(store ?? Store, codec ?? new VcdiffCodec(), cache, new LocalFiles(), time ?? Time, logs ?? NullLoggerFactory.Instance)
            {
                Storage = storage,
                Folders = new LocalFolders(),
                Care = care ?? Store,
                Transfers = transfers ?? new TransferGate(),
            },
            policy ?? DeltaPolicy.Default,
            "0.0.0-test");
    }

    public Task<PutObjectResult> PutAsync(string key, byte[] bytes, DeltaGliderUseCases? client = null, Func<PutObjectRequest, PutObjectRequest>? with = null) =>
        PutFileAsync(Folder.Write($"up/{Guid.NewGuid():N}/{key.Split('/')[^1]}", bytes), key, client, with);

    public async Task<PutObjectResult> PutFileAsync(string path, string key, DeltaGliderUseCases? client = null, Func<PutObjectRequest, PutObjectRequest>? with = null)
    {
        var request = new PutObjectRequest(path, Uri(key));
        var put = (client ?? Sut).Put;
        return await put.RunAsync(put.Plan(with is null ? request : with(request)), null, Cancellation);
    }

    /// <summary>Reads an object back into a file and gives its bytes.</summary>
    public async Task<byte[]> GetAsync(string key, DeltaGliderUseCases? client = null)
    {
        var path = Folder[$"down-{Guid.NewGuid():N}"];
        await GetToAsync(key, path, client);
        var bytes = await File.ReadAllBytesAsync(path, Cancellation);
        File.Delete(path);
        return bytes;
    }

    public async Task<GetObjectResult> GetToAsync(string key, string path, DeltaGliderUseCases? client = null)
    {
        var get = (client ?? Sut).Get;
        return await get.RunAsync(await get.PlanAsync(new GetObjectRequest(Uri(key), path), Cancellation), null, Cancellation);
    }

    public async Task<RemoveObjectResult> RemoveAsync(string key, DeltaGliderUseCases? client = null, bool includeDependents = false)
    {
        var remove = (client ?? Sut).Remove;
        var plan = await remove.PlanAsync(new RemoveObjectRequest(Uri(key)) { IncludeDependents = includeDependents }, Cancellation);
        return await remove.RunAsync(plan, Cancellation);
    }

    public async Task<List<ObjectEntry>> ListAsync(string prefix = "", bool recurse = true, int? first = null)
    {
        var entries = new List<ObjectEntry>();
        await foreach (var entry in Sut.List.RunAsync(new ListObjectsRequest(Uri(prefix)) { Recurse = recurse, First = first }, Cancellation))
            entries.Add(entry);
        return entries;
    }

    public void Dispose()
    {
        foreach (var cache in _caches) cache.Dispose();
        Folder.Dispose();
    }
}
