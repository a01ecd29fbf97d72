using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.TestKit;

namespace DeltaGlider.Core.Tests.UseCases.Optimizing;

public sealed class OptimizeTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_bad_first_file_gives_way_to_a_better_one(bool asDeltas)
    {
        await BadSpace.FillAsync(_world, asDeltas);
        var plan = await BadSpace.PlanAsync(_world.Sut, World.Cancellation);
        Assert.Equal(OptimizeAction.ReplaceReference, plan.Action);
        Assert.StartsWith("s3://bucket/p/v", plan.NewReference.ToString(), StringComparison.Ordinal);
        Assert.Equal(4, plan.Sampled);
        Assert.Equal([World.Uri("p/a.zip")], plan.Dissimilar);
        Assert.InRange(plan.Saving, 9_000, 16_000);
        Assert.InRange(plan.TemporaryBytes, 0, 30_000);
        Assert.Contains("the reference of s3://bucket/p/", plan.ToString(), StringComparison.Ordinal);

        var each = new Recorded<OptimizedObject>();
        var result = await _world.Sut.Optimize.RunAsync(plan, each, null, World.Cancellation);

        Assert.True(result.ReferenceReplaced);
        Assert.Equal(plan.NewReference, result.NewReference);
        Assert.Equal([World.Uri("p/a.zip")], result.LeftWhole);
        Assert.Equal(3, result.ReEncoded);
        Assert.Equal(["p/a.zip", "p/reference.bin", "p/v1.zip.delta", "p/v2.zip.delta", "p/v3.zip.delta"], _world.Keys);
        Assert.InRange(result.BytesAfter, plan.ExpectedBytes - 200, plan.ExpectedBytes + 200); // all were sampled: no more than the own delta is a guess
        Assert.Equal(_world.Keys.Sum(key => (long)_world.Store.Bytes(World.Uri(key)).Length), result.BytesAfter);
        Assert.Equal(3, each.All.Count(one => one.Outcome == OptimizeOutcome.MadeDelta));
        await BadSpace.EnsureReadableAsync(_world, BadSpace.Files, "afterwards");

        Assert.Equal(OptimizeAction.None, (await BadSpace.PlanAsync(_world.Client(), World.Cancellation)).Action);
    }

    [Fact]
    public async Task What_was_kept_with_the_files_is_kept()
    {
        var path = _world.Folder.Write("up/v9.zip", BadSpace.Versions[3]);
        File.SetLastWriteTimeUtc(path, new DateTime(2021, 3, 4, 5, 6, 7, DateTimeKind.Utc));
        await BadSpace.FillAsync(_world, asDeltas: true);
        await _world.PutFileAsync(path, "p/v9.zip", with: request => request with { MaxRatio = 1, StorageClass = "STANDARD_IA", Metadata = request.Metadata.Add("build", "17") });
        var before = _world.Store.Peek(World.Uri("p/v9.zip.delta"))!;

        await BadSpace.OptimizeAsync(_world.Sut, World.Cancellation);

        var after = _world.Store.Peek(World.Uri("p/v9.zip.delta"))!;
        Assert.InRange(after.Size, 1, 1_000);
        Assert.Equal("STANDARD_IA", after.StorageClass);
        foreach (var name in new[] { "mtime", "user-build", "dg-created-at", "dg-file-sha256", "dg-file-size", "dg-md5", "dg-original-name" })
            Assert.Equal(before.Metadata[name], after.Metadata[name]);
    }

    [Fact]
    public async Task A_good_reference_stays()
    {
        for (var i = 0; i < 4; i++) await _world.PutAsync($"p/v{i}.zip", BadSpace.Versions[i]);
        var keys = _world.Keys;
        var plan = await BadSpace.PlanAsync(_world.Sut, World.Cancellation);
        Assert.Equal(OptimizeAction.None, plan.Action);
        var calls = _world.Hooked.Calls.Count;
        var result = await _world.Sut.Optimize.RunAsync(plan, null, null, World.Cancellation);
        Assert.False(result.ReferenceReplaced);
        Assert.Equal(calls, _world.Hooked.Calls.Count);
        Assert.Equal(keys, _world.Keys);
    }

    [Fact]
    public async Task Measuring_changes_nothing()
    {
        await BadSpace.FillAsync(_world, asDeltas: true);
        await BadSpace.PlanAsync(_world.Sut, World.Cancellation);
        Assert.DoesNotContain(_world.Hooked.Calls, call => call.Verb is StoreVerb.Put or StoreVerb.Delete);
    }

    [Fact]
    public async Task A_file_that_was_stored_whole_becomes_a_delta_of_a_good_reference()
    {
        for (var i = 0; i < 3; i++) await _world.PutAsync($"p/v{i}.zip", BadSpace.Versions[i]);
        await _world.PutAsync("p/v3.zip", BadSpace.Versions[3], with: request => request with { NoDelta = true });
        var plan = await BadSpace.PlanAsync(_world.Sut, World.Cancellation);
        Assert.Equal(OptimizeAction.ReEncode, plan.Action);
        var reference = _world.Store.Peek(World.Uri("p/reference.bin"))!.LastModified;

        var result = await _world.Sut.Optimize.RunAsync(plan, null, null, World.Cancellation);

        Assert.Equal(1, result.ReEncoded);
        Assert.Equal(reference, _world.Store.Peek(World.Uri("p/reference.bin"))!.LastModified);
        Assert.Contains("p/v3.zip.delta", _world.Keys);
        Assert.DoesNotContain("p/v3.zip", _world.Keys);
        Assert.Equal(BadSpace.Versions[3], await _world.GetAsync("p/v3.zip", _world.Client()));
    }

    [Fact]
    public async Task The_last_file_that_a_run_left_whole_is_found_whatever_the_samples_are()
    {
        var versions = VersionedBytes.Versions(73, 3_000, 12);
        for (var i = 0; i < versions.Count; i++) await _world.PutAsync($"p/v{i:00}.zip", versions[i], with: request => request with { NoDelta = i == 5 });
        var plan = await _world.Sut.Optimize.PlanAsync(new OptimizeRequest(World.Uri("p/")) { SampleSize = 2 }, null, World.Cancellation);
        Assert.Equal((OptimizeAction.ReEncode, 2, 1), (plan.Action, plan.Sampled, plan.Whole));
        var result = await _world.Sut.Optimize.RunAsync(plan, null, null, World.Cancellation);
        Assert.Equal(1, result.ReEncoded);
        Assert.Contains("p/v05.zip.delta", _world.Keys);
    }

    [Fact]
    public async Task Files_of_other_tools_and_of_other_names_stay_whole()
    {
        await BadSpace.FillAsync(_world, asDeltas: false);
        _world.Store.Put(World.Uri("p/foreign.zip"), BadSpace.Versions[3]);
        await _world.PutAsync("p/notes.txt", BadSpace.Versions[3]);
        await _world.PutAsync("p/deeper/v.zip", BadSpace.Versions[3], with: request => request with { NoDelta = true });
        await BadSpace.OptimizeAsync(_world.Sut, World.Cancellation);
        foreach (var key in new[] { "p/foreign.zip", "p/notes.txt", "p/deeper/v.zip", "p/v1.zip.delta" }) Assert.Contains(key, _world.Keys);
    }

    [Fact]
    public async Task A_delta_that_cannot_be_read_keeps_its_reference_and_everything_readable()
    {
        await BadSpace.FillAsync(_world, asDeltas: true);
        await _world.PutAsync("p/lost.zip", BadSpace.Versions[3], with: request => request with { MaxRatio = 1 });
        var delta = _world.Store.Peek(World.Uri("p/lost.zip.delta"))!;
        var plan = await BadSpace.PlanAsync(_world.Sut, World.Cancellation);
        _world.Store.Put(delta.Uri, [0xD6, 0xC3, 0xC4, 0, 99], delta.Metadata);

        var result = await _world.Sut.Optimize.RunAsync(plan, null, null, World.Cancellation);

        Assert.False(result.ReferenceReplaced);
        Assert.Equal([World.Uri("p/lost.zip")], result.Unreadable.Select(one => one.Uri));
        Assert.Equal(BadSpace.Stranger, _world.Store.Bytes(World.Uri("p/reference.bin")));
        Assert.NotNull(_world.Store.Peek(delta.Uri));
        await BadSpace.EnsureReadableAsync(_world, BadSpace.Files, "afterwards");
    }

    [Fact]
    public async Task An_object_with_a_deltas_name_keeps_the_reference()
    {
        await BadSpace.FillAsync(_world, asDeltas: true);
        _world.Store.Put(World.Uri("p/x.delta"), [1, 2, 3]);
        var plan = await BadSpace.PlanAsync(_world.Sut, World.Cancellation);
        Assert.NotEqual(OptimizeAction.ReplaceReference, plan.Action);
        Assert.Contains("p/x.delta", plan.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_users_own_reference_bin_is_left_alone()
    {
        _world.Store.Put(World.Uri("p/reference.bin"), [1, 2, 3]);
        for (var i = 0; i < 3; i++) await _world.PutAsync($"p/v{i}.zip", BadSpace.Versions[i], with: request => request with { NoDelta = true });
        Assert.Equal(OptimizeAction.None, (await BadSpace.PlanAsync(_world.Sut, World.Cancellation)).Action);
    }

    [Fact]
    public async Task A_store_that_ignores_conditions_is_refused()
    {
        await BadSpace.FillAsync(_world, asDeltas: true);
        var keys = _world.Keys;
        var error = await Assert.ThrowsAsync<DeltaGliderException>(() => BadSpace.OptimizeAsync(_world.Client(new UnconditionalStore(_world.Store)), World.Cancellation));
        Assert.Equal(ErrorKind.StoreRefused, error.Kind);
        Assert.Equal(keys, _world.Keys);
    }

    [Theory]
    [InlineData("s3://bucket/p", ErrorKind.InvalidArgument)]
    [InlineData("s3://bucket/none/", ErrorKind.ObjectNotFound)]
    [InlineData("s3://bucket/.deltaglider/tmp/", ErrorKind.ReservedKey)]
    public async Task What_is_no_deltaspace_is_an_error(string uri, ErrorKind kind)
    {
        var error = await Assert.ThrowsAsync<DeltaGliderException>(() => _world.Sut.Optimize.PlanAsync(new OptimizeRequest(S3Uri.Parse(uri)), null, World.Cancellation).AsTask());
        Assert.Equal(kind, error.Kind);
    }
}
