using System.Diagnostics;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Tests.UseCases;
using DeltaGlider.TestKit;

namespace DeltaGlider.Core.Tests.Observability;

public sealed class MeasuresTests : IDisposable
{
    private readonly World _world = new();
    private readonly IReadOnlyList<byte[]> _versions = VersionedBytes.Versions(9, 40_000, 3);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Files_stored_and_fetched_are_counted_with_their_bytes()
    {
        using var heard = new Listening();
        var first = await _world.PutAsync("p/a.zip", _versions[0]);
        var second = await _world.PutAsync("p/b.zip", _versions[1]);
        var direct = await _world.PutAsync("p/readme.txt", _versions[2]);
        await _world.GetAsync("p/b.zip");

        Assert.Equal((2, 1), (heard.Sum("deltaglider.puts", "deltaglider.storage=delta"), heard.Sum("deltaglider.puts", "deltaglider.storage=direct")));
        Assert.Equal(first.Size + second.Size + direct.Size, heard.Sum("deltaglider.bytes.in"));
        Assert.Equal(first.StoredSize + first.ReferenceSize + second.StoredSize + direct.StoredSize, heard.Sum("deltaglider.bytes.stored"));
        Assert.Equal(heard.Sum("deltaglider.bytes.in") - heard.Sum("deltaglider.bytes.stored"), heard.Sum("deltaglider.bytes.saved"));
        Assert.Equal(1, heard.Sum("deltaglider.gets", "deltaglider.storage=delta"));
        Assert.Equal(second.Size, heard.Sum("deltaglider.bytes.out"));
        Assert.Equal([first.StoredSize / (double)first.Size, second.StoredSize / (double)second.Size], heard.Measured.Where(one => one.Instrument == "deltaglider.put.ratio").Select(one => one.Value));
        Assert.Equal(2, heard.Measured.Count(one => one.Instrument == "deltaglider.encode.duration"));
        Assert.Single(heard.Measured, one => one.Instrument == "deltaglider.decode.duration");
    }

    [Fact]
    public async Task Hits_and_misses_of_the_cache_are_counted()
    {
        await _world.PutAsync("p/a.zip", _versions[0], _world.Client());
        using var heard = new Listening();
        await _world.PutAsync("p/b.zip", _versions[1]);
        Assert.Equal((0, 1), (heard.Sum("deltaglider.cache.hits"), heard.Sum("deltaglider.cache.misses")));
        await _world.PutAsync("p/c.zip", _versions[2]);
        Assert.Equal((1, 1), (heard.Sum("deltaglider.cache.hits"), heard.Sum("deltaglider.cache.misses")));
    }

    [Fact]
    public async Task Every_operation_is_a_span_and_tells_no_names()
    {
        using var heard = new Listening();
        await _world.PutAsync("secret/a.zip", _versions[0]);
        await _world.GetAsync("secret/a.zip");
        await _world.Sut.Verify.RunAsync(World.Uri("secret/a.zip"), null, World.Cancellation);
        await _world.ListAsync("secret/");
        await _world.RemoveAsync("secret/a.zip");

        Assert.Equal(["deltaglider.put", "deltaglider.get", "deltaglider.verify", "deltaglider.list", "deltaglider.remove"], heard.Activities.Select(activity => activity.OperationName));
        var put = heard.Activities[0].TagObjects.ToDictionary(tag => tag.Key, tag => tag.Value);
        Assert.Equal(("object", "delta", 40_000L, 40_000L), (put["deltaglider.uri.kind"], put["deltaglider.storage"], put["deltaglider.size"], put["deltaglider.reference_size"]));
        Assert.Equal(1L, heard.Activities[3].GetTagItem("deltaglider.objects"));
        Assert.DoesNotContain(heard.Activities.SelectMany(activity => activity.TagObjects), tag => tag.Value is string text && text.Contains("secret", StringComparison.Ordinal));
        Assert.All(heard.Activities, activity => Assert.Equal(ActivityStatusCode.Unset, activity.Status));
    }

    [Fact]
    public async Task What_fails_is_counted_by_its_kind()
    {
        using var heard = new Listening();
        _world.Hooked.Before = call => call.Verb == StoreVerb.Put
            ? throw new DeltaGliderException(ErrorKind.AccessDenied, call.Uri.ToString(), "no")
            : ValueTask.CompletedTask;
        await Assert.ThrowsAsync<DeltaGliderException>(() => _world.PutAsync("a.zip", _versions[0]));

        Assert.Equal(1, heard.Sum("deltaglider.failures", "deltaglider.operation=put error.type=AccessDenied"));
        Assert.Equal(0, heard.Sum("deltaglider.puts"));
        var span = Assert.Single(heard.Activities);
        Assert.Equal((ActivityStatusCode.Error, "AccessDenied"), (span.Status, span.GetTagItem("error.type")));
    }

    [Fact]
    public async Task The_list_of_buckets_is_a_listing_of_the_store()
    {
        using var heard = new Listening();
        await foreach (var bucket in _world.Sut.Buckets.RunAsync(World.Cancellation)) Assert.Equal(World.Bucket, bucket.Name);
        var span = Assert.Single(heard.Activities);
        Assert.Equal(("deltaglider.list", "store", 1L, null), (span.OperationName, span.GetTagItem("deltaglider.uri.kind"), span.GetTagItem("deltaglider.objects"), span.GetTagItem("deltaglider.left")));
    }

    [Fact]
    public async Task A_listing_left_early_says_so()
    {
        await _world.PutAsync("p/a.zip", _versions[0]);
        await _world.PutAsync("p/b.zip", _versions[1]);
        using var heard = new Listening();
        await foreach (var _ in _world.Sut.List.RunAsync(new Model.ListObjectsRequest(World.Uri("p/")), World.Cancellation)) break;
        Assert.Equal(true, Assert.Single(heard.Activities).GetTagItem("deltaglider.left"));
    }
}
