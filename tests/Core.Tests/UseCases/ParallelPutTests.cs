using System.Collections.Concurrent;
using DeltaGlider.Core.Model;
using DeltaGlider.TestKit;

namespace DeltaGlider.Core.Tests.UseCases;

/// <summary>Several files of one deltaspace at once, in one process.</summary>
public sealed class ParallelPutTests : IDisposable
{
    private const int Files = 16;

    private readonly World _world = new();
    private readonly IReadOnlyList<byte[]> _versions = VersionedBytes.Versions(5, 30_000, Files + 1);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task The_reference_is_fetched_once_for_all_of_them()
    {
        await _world.PutAsync("p/first.zip", _versions[Files], _world.Client());
        await AllTogetherAsync();
        Assert.Single(_world.Hooked.Calls, call => call.Verb == StoreVerb.Open && call.Uri.Key == "p/reference.bin");
        await AllReadableAsync();
    }

    [Fact]
    public async Task Of_sixteen_first_files_one_uploads_a_reference_and_the_others_wait_for_it()
    {
        var encodedBefore = new ConcurrentBag<string>();
        _world.Hooked.Before = async call =>
        {
            if (call.Verb != StoreVerb.Put) return;
            if (call.Uri.Key == "p/reference.bin") await Task.Delay(100, World.Cancellation);
            else if (_world.Store.Peek(World.Uri("p/reference.bin")) is null) encodedBefore.Add(call.Uri.Key);
        };
        await AllTogetherAsync();
        Assert.Single(_world.Hooked.Calls, call => call.Verb == StoreVerb.Put && call.Uri.Key == "p/reference.bin");
        Assert.Equal(Files, _world.Hooked.Calls.Count(call => call.Verb == StoreVerb.Put && call.Uri.Key.EndsWith(".delta", StringComparison.Ordinal)));
        Assert.DoesNotContain(_world.Hooked.Calls, call => call.Verb == StoreVerb.Open);
        Assert.Empty(encodedBefore);
        await AllReadableAsync();
    }

    [Fact]
    public async Task A_first_file_that_fails_leaves_its_place_to_the_next()
    {
        var failed = 0;
        _world.Hooked.Before = call =>
        {
            if (call.Verb == StoreVerb.Put && call.Uri.Key == "p/reference.bin" && Interlocked.Increment(ref failed) == 1) throw new IOException("once");
            return ValueTask.CompletedTask;
        };
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Record.ExceptionAsync(() => PutAsync(i)).AsTask()));
        Assert.Single(results, result => result is IOException);
        Assert.Equal(3, results.Count(result => result is null));
    }

    [Fact]
    public async Task Removed_all_at_once_they_take_the_reference_along()
    {
        await AllTogetherAsync();
        var removed = await Task.WhenAll(Enumerable.Range(0, Files).Select(i => Task.Run(() => _world.RemoveAsync($"p/{i}.zip"))));
        Assert.Single(removed, result => result.ReferenceRemoved);
        Assert.Empty(_world.Keys);
    }

    private Task<PutObjectResult> PutAsync(int i) => Task.Run(() => _world.PutAsync($"p/{i}.zip", _versions[i]));

    private async Task AllTogetherAsync()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, Files).Select(PutAsync));
        Assert.All(results, result => Assert.Equal(StorageKind.Delta, result.Storage));
    }

    private async Task AllReadableAsync()
    {
        var reader = _world.Client();
        for (var i = 0; i < Files; i++) Assert.Equal(_versions[i], await _world.GetAsync($"p/{i}.zip", reader));
    }
}
