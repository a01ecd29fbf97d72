using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Rules;

namespace DeltaGlider.Core.Tests.UseCases.Housekeeping;

public sealed class RemoveBucketTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task An_empty_bucket_goes_and_kept_statistics_with_it()
    {
        await _world.Sut.Stats.KeepAsync(await _world.Sut.Stats.RunAsync(new BucketStatsRequest(World.Uri("")), null, World.Cancellation), World.Cancellation);

        var plan = await _world.Sut.RemoveBucket.PlanAsync(World.Uri(""), World.Cancellation);
        Assert.Equal("remove the bucket bucket with the statistics kept in it", plan.ToString());
        await _world.Sut.RemoveBucket.RunAsync(plan, World.Cancellation);

        Assert.Equal(ErrorKind.BucketNotFound, await FailsAsync(World.Uri("")));
    }

    [Theory]
    [InlineData("a.txt")]
    [InlineData("p/reference.bin")]
    [InlineData(".deltaglider/tmp/00000000000000000000000000000000_a.zip")]
    [InlineData(".deltaglider/other")]
    public async Task Anything_else_in_it_keeps_it(string key)
    {
        _world.Store.Put(World.Uri(key), [1]);
        Assert.Equal(ErrorKind.BucketNotEmpty, await FailsAsync(World.Uri("")));
        Assert.Equal([key], _world.Keys);
    }

    [Fact]
    public async Task What_comes_in_between_keeps_it_too()
    {
        var plan = await _world.Sut.RemoveBucket.PlanAsync(World.Uri(""), World.Cancellation);
        _world.Store.Put(World.Uri("late.txt"), [1]);
        var error = await Assert.ThrowsAsync<DeltaGliderException>(async () => await _world.Sut.RemoveBucket.RunAsync(plan, World.Cancellation));
        Assert.Equal(ErrorKind.BucketNotEmpty, error.Kind);
        Assert.Equal(["late.txt"], _world.Keys);
    }

    [Fact]
    public async Task A_prefix_is_no_bucket() => Assert.Equal(ErrorKind.InvalidArgument, await FailsAsync(World.Uri("p/")));

    [Theory]
    [InlineData("", "_x", false)]
    [InlineData("", "_reference.bin", true)]
    [InlineData("Z", "_reference.bin", false)]
    public void A_spare_is_known_by_its_name(string spoil, string end, bool expected)
    {
        var key = SpareReference.Of(new DeltaSpace(World.Bucket, "p/")).Key;
        Assert.True(TemporaryKeys.MayBeSpare(key));
        Assert.Equal(expected, TemporaryKeys.MayBeSpare(TemporaryKeys.Prefix + spoil + new string('0', 32 - spoil.Length) + end));
    }

    private async Task<ErrorKind> FailsAsync(S3Uri uri) =>
        (await Assert.ThrowsAsync<DeltaGliderException>(async () => await _world.Sut.RemoveBucket.PlanAsync(uri, World.Cancellation))).Kind;
}
