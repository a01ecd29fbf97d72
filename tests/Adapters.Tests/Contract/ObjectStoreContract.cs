using System.Collections.Immutable;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.TestKit;

namespace DeltaGlider.Adapters.Tests.Contract;

/// <summary>What the doc comments of the store's ports promise, word by word. Every store has a subclass.</summary>
public abstract partial class ObjectStoreContract : IAsyncLifetime
{
    /// <summary>A bucket of this test's own.</summary>
    protected string Bucket { get; } = $"dg-test-{Guid.NewGuid():n}"[..32];

    /// <summary>The store.</summary>
    protected IObjectStore Store { get; private set; } = null!;

    /// <summary>The running test's token.</summary>
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Store = await OpenStoreAsync();
        await Store.CreateBucketAsync(Bucket, Cancel);
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Opens the store under test.</summary>
    protected abstract ValueTask<IObjectStore> OpenStoreAsync();

    protected S3Uri At(string key) => new(Bucket, key);

    protected ValueTask<StoredObject> PutAsync(
        string key, byte[] bytes, ImmutableDictionary<string, string>? metadata = null, PutCondition condition = PutCondition.None, IObjectStore? store = null) =>
        (store ?? Store).PutAsync(new PutRequest(At(key), new BytesContent(bytes), metadata ?? ImmutableDictionary<string, string>.Empty) { Condition = condition }, null, Cancel);

    protected async ValueTask<byte[]> GetAsync(string key)
    {
        await using var opened = await Store.OpenAsync(At(key), Cancel);
        return await ReadAllAsync(opened.Content);
    }

    protected static async ValueTask<byte[]> ReadAllAsync(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all, Cancel);
        return all.ToArray();
    }

    protected static byte[] Bytes(int count, int seed = 1)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    protected static ImmutableDictionary<string, string> Meta(params (string Name, string Value)[] pairs) =>
        pairs.ToImmutableDictionary(pair => pair.Name, pair => pair.Value);

    protected async ValueTask<ImmutableArray<string>> ListKeysAsync(ListRequest? request = null)
    {
        var keys = ImmutableArray.CreateBuilder<string>();
        await foreach (var page in Store.ListAsync(request ?? new ListRequest(Bucket, ""), Cancel)) keys.AddRange(page.Objects.Select(o => o.Key));
        return keys.ToImmutable();
    }

    protected static async Task<DeltaGliderException> FailsAsync(ErrorKind kind, Func<Task> action)
    {
        var error = await Assert.ThrowsAsync<DeltaGliderException>(action);
        Assert.Equal(kind, error.Kind);
        return error;
    }
}
