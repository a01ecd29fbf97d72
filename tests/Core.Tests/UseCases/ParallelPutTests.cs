using System.Collections.Concurrent;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.UseCases;
using DeltaGlider.TestKit;

namespace DeltaGlider.Core.Tests.UseCases;

/// <summary>Several files of one deltaspace at once, in one process.</summary>
public sealed class ParallelPutTests : IDisposable
{
    private const int Files = 16;

    private readonly World _world = new();
    private readonly IReadOnlyList<byte[]> _versions = VersionedBytes.Versions(5, 30_000, Files + 1);

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(64 << 20)]
    [InlineData(1000)] // it does not fit, and is lent to all at once
    public async Task The_reference_is_fetched_verified_and_indexed_once_for_all_of_them(long cacheBytes)
    {
        await _world.PutAsync("p/first.zip", _versions[Files], _world.Client());
        var codec = new CountingCodec();
        var client = _world.Client(_world.Hooked, codec: codec, cacheBytes: cacheBytes);
        var uploads = new CountdownEvent(Files);
        _world.Hooked.Before = async call =>
        {
            if (call.Verb != StoreVerb.Put || !call.Uri.Key.EndsWith(".delta", StringComparison.Ordinal)) return;
            uploads.Signal();
            await Task.Run(() => uploads.Wait(World.Cancellation));
        };
        await AllTogetherAsync(client);
        Assert.Single(_world.Hooked.Calls, call => call.Verb == StoreVerb.Open && call.Uri.Key == "p/reference.bin");
        Assert.Equal(1, codec.Loaded);
        await AllReadableAsync();
    }

    [Fact]
    public async Task Uploads_that_end_while_a_look_at_the_reference_is_under_way_share_the_next()
    {
        await _world.PutAsync("p/first.zip", _versions[Files], _world.Client());
        var uploads = new CountdownEvent(Files);
        _world.Hooked.After = call =>
        {
            if (call.Verb == StoreVerb.Put) uploads.Signal();
            return default;
        };
        _world.Hooked.Before = async call =>
        {
            if (call.Verb == StoreVerb.Find && call.Uri == Core.Rules.SpareReference.Of(DeltaSpace.Of(World.Uri("p/")))) await Task.Run(() => uploads.Wait(World.Cancellation));
        };
        await AllTogetherAsync();
        var calls = _world.Hooked.Calls.GroupBy(call => call).ToDictionary(group => group.Key, group => group.Count());
        Assert.InRange(calls[new StoreCall(StoreVerb.Find, World.Uri("p/reference.bin"))], 2, 4); // one for all at first, one after the first upload, one or two after the others
        Assert.All(Enumerable.Range(0, Files), i => Assert.Equal(1, calls[new StoreCall(StoreVerb.Find, World.Uri($"p/{i}.zip"))]));
        Assert.All(Enumerable.Range(0, Files), i => Assert.DoesNotContain(new StoreCall(StoreVerb.Find, World.Uri($"p/{i}.zip.delta")), calls));
        await AllReadableAsync();
    }

    [Fact]
    public async Task The_file_that_was_begun_first_becomes_the_reference_however_long_it_takes()
    {
        var large = VersionedBytes.Random(3, 8_000_000);
        var first = _world.PutAsync("p/large.zip", large);
        await Task.WhenAll(Enumerable.Range(0, Files).Select(i => _world.PutAsync($"p/{i}.zip", _versions[i])).Append(first));
        Assert.Equal(large, _world.Store.Bytes(World.Uri("p/reference.bin")));
    }

    [Fact]
    public async Task First_files_of_several_deltaspaces_go_beside_each_other()
    {
        var others = new TaskCompletionSource();
        _world.Hooked.Before = async call =>
        {
            if (call.Verb == StoreVerb.Put && call.Uri.Key == "p/reference.bin") await others.Task.WaitAsync(TimeSpan.FromSeconds(20), World.Cancellation);
        };
        var slow = _world.PutAsync("p/0.zip", _versions[0]);
        await Task.WhenAll(Enumerable.Range(1, 5).Select(i => _world.PutAsync($"p{i}/x.zip", _versions[i])));
        others.SetResult();
        await slow;
        Assert.Equal(6, _world.Keys.Count(key => key.EndsWith("/reference.bin", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_reference_replaced_under_many_is_looked_for_anew_and_all_are_readable()
    {
        await _world.PutAsync("p/old.zip", _versions[Files], _world.Client());
        var other = _world.Client();
        var once = 0;
        _world.Hooked.Before = async call =>
        {
            if (call.Verb != StoreVerb.Put || Interlocked.Exchange(ref once, 1) != 0) return;
            await _world.RemoveAsync("p/old.zip", other);
            await _world.PutAsync("p/new.zip", VersionedBytes.Random(4, 20_000), other);
        };
        var results = await Task.WhenAll(Enumerable.Range(0, Files).Select(i => Task.Run(() => _world.PutAsync($"p/{i}.zip", _versions[i], with: request => request with { MaxRatio = 1 }))));
        Assert.All(results, result => Assert.NotEqual(StorageKind.Reference, result.Storage));
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

    private Task<PutObjectResult> PutAsync(int i, DeltaGliderUseCases? client = null) => Task.Run(() => _world.PutAsync($"p/{i}.zip", _versions[i], client));

    private async Task AllTogetherAsync(DeltaGliderUseCases? client = null)
    {
        var results = await Task.WhenAll(Enumerable.Range(0, Files).Select(i => PutAsync(i, client)));
        Assert.All(results, result => Assert.Equal(StorageKind.Delta, result.Storage));
    }

    private async Task AllReadableAsync()
    {
        var reader = _world.Client();
        for (var i = 0; i < Files; i++) Assert.Equal(_versions[i], await _world.GetAsync($"p/{i}.zip", reader));
    }
}
