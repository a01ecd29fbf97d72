using System.Collections.Immutable;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.TestKit;
using static DeltaGlider.Core.Tests.UseCases.FolderWorld;

namespace DeltaGlider.Core.Tests.UseCases;

public sealed class CopyObjectTests : IDisposable
{
    private readonly FolderWorld _lab = new();
    private readonly MemoryStore _other = new("other");

    private World World => _lab.World;

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task A_delta_is_copied_as_the_file_it_stands_for_with_all_that_is_kept_with_it()
    {
        var versions = VersionedBytes.Versions(1, 20_000, 2);
        await World.PutAsync("a/v0.zip", versions[0]);
        await World.PutAsync("a/v1.zip", versions[1], with: request => request with { Metadata = ImmutableDictionary<string, string>.Empty.Add("team", "infra") });

        var result = await CopyAsync("a/v1.zip", "b/renamed.zip");
        Assert.Equal(StorageKind.Delta, result.Storage);
        Assert.Equal(versions[1], await World.GetAsync("b/renamed.zip"));
        var (source, copy) = (World.Store.Peek(World.Uri("a/v1.zip.delta"))!, World.Store.Peek(World.Uri("b/renamed.zip.delta"))!);
        Assert.Equal(source.Metadata["mtime"], copy.Metadata["mtime"]);
        Assert.Equal("infra", copy.Metadata["user-team"]);
        Assert.Equal("b/reference.bin", copy.Metadata["dg-ref-key"]);
        Assert.NotEqual(World.Store.Bytes(World.Uri("a/v1.zip.delta")), World.Store.Bytes(World.Uri("b/renamed.zip.delta")));
    }

    [Fact]
    public async Task A_plain_object_keeps_type_metadata_and_the_time_the_store_took_it()
    {
        World.Store.Put(World.Uri("a/x.dat"), [1, 2, 3], [new("team", "infra")], "application/x-special", Before);

        await CopyAsync("a/x.dat", "b/x.dat");
        var copy = World.Store.Peek(World.Uri("b/x.dat"))!;
        Assert.Equal("application/x-special", copy.ContentType);
        Assert.Equal("infra", copy.Metadata["user-team"]);
        Assert.StartsWith($"{Before.ToUnixTimeSeconds()}.", copy.Metadata["mtime"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_there_already_is_not_copied_again()
    {
        await World.PutAsync("a/v0.zip", VersionedBytes.Random(1, 5_000));
        await CopyAsync("a/v0.zip", "b/");

        var plan = await World.Sut.CopyFrom(World.Sut).PlanAsync(new CopyObjectRequest(World.Uri("a/v0.zip"), World.Uri("b/")), World.Cancellation);
        Assert.True(plan.IsThere);
        plan = await World.Sut.CopyFrom(World.Sut).PlanAsync(new CopyObjectRequest(World.Uri("a/v0.zip"), World.Uri("b/")) { Always = true }, World.Cancellation);
        Assert.False(plan.IsThere);
    }

    [Fact]
    public async Task Wrong_bytes_are_never_copied()
    {
        await World.PutAsync("a/x.txt", [1, 2, 3]);
        World.Store.Put(World.Uri("a/x.txt"), [1, 2, 4], World.Store.Peek(World.Uri("a/x.txt"))!.Metadata);

        var error = await Assert.ThrowsAsync<DeltaGliderException>(() => CopyAsync("a/x.txt", "b/x.txt"));
        Assert.Equal(ErrorKind.ChecksumMismatch, error.Kind);
        Assert.Null(World.Store.Peek(World.Uri("b/x.txt")));
    }

    [Fact]
    public async Task An_object_is_not_copied_onto_itself_nor_to_a_reserved_key()
    {
        await World.PutAsync("a/x.txt", [1, 2, 3]);

        Assert.Equal(ErrorKind.InvalidArgument, (await Assert.ThrowsAsync<DeltaGliderException>(() => CopyAsync("a/x.txt", "a/"))).Kind);
        Assert.Equal(ErrorKind.ReservedKey, (await Assert.ThrowsAsync<DeltaGliderException>(() => CopyAsync("a/x.txt", "a/reference.bin"))).Kind);
        Assert.Equal(ErrorKind.ObjectNotFound, (await Assert.ThrowsAsync<DeltaGliderException>(() => CopyAsync("a/not.txt", "b/"))).Kind);
    }

    [Fact]
    public async Task A_bucket_of_the_Python_tool_in_another_store_becomes_one_of_ours()
    {
        var bucket = PythonBucket.Load();
        bucket.PlantIn(_other, "other");
        var source = World.Client(_other);
        var request = new FolderRequest(FolderPlace.In(new S3Uri("other", "")), Remote("new/")) { OldestFirst = true, Verify = true };

        var results = await _lab.RunAsync(request, source: source);
        var done = results.Where(result => result.Outcome == FolderOutcome.Done).ToList();
        Assert.NotEmpty(done);
        foreach (var result in done)
        {
            var sourceUri = new S3Uri("other", result.Step.Name);
            var path = World.Folder[$"check-{Guid.NewGuid():N}"];
            var get = await source.Get.RunAsync(await source.Get.PlanAsync(new GetObjectRequest(sourceUri, path), World.Cancellation), null, World.Cancellation);
            Assert.Equal(get.Sha256, (await World.Sut.Verify.RunAsync(World.Uri($"new/{result.Step.Name}"), null, World.Cancellation)).Actual);
        }

        // What cannot be had back exactly is named.
        Assert.All(results.Where(result => result.Outcome == FolderOutcome.Failed), result => Assert.True(result.Error!.Kind is ErrorKind.OriginalCompressionLost || result.Step.Name == "plain/not-ours.delta"));

        var again = await _lab.RunAsync(request, source: source);
        Assert.Equal(done.Count, again.Count(result => result.Outcome == FolderOutcome.Unchanged));
        Assert.DoesNotContain(again, result => result.Outcome == FolderOutcome.Done);
    }

    [Fact]
    public async Task The_oldest_of_each_deltaspace_becomes_the_reference()
    {
        var versions = VersionedBytes.Versions(9, 20_000, 4);
        foreach (var folder in new[] { "", "sub/" })
            for (var i = 0; i < 4; i++)
                _other.Put(new S3Uri("other", $"{folder}v{3 - i}.zip"), versions[i], lastModified: Before.AddHours(i));

        _other.Put(new S3Uri("other", "sub/oldest.txt"), [1], lastModified: Before.AddHours(-1));
        var request = new FolderRequest(FolderPlace.In(new S3Uri("other", "")), Remote("new/")) { OldestFirst = true };
        var results = await _lab.RunAsync(request, source: World.Client(_other));
        Assert.Equal(9, results.Count(result => result.Outcome == FolderOutcome.Done));
        Assert.Equal(versions[0], World.Store.Bytes(World.Uri("new/reference.bin")));
        Assert.Equal(versions[0], World.Store.Bytes(World.Uri("new/sub/reference.bin")));
        Assert.Equal(["v3.zip", "v2.zip", "v1.zip", "v0.zip"], results.Take(4).Select(result => result.Step.Name));

        // Nothing of the source is needed any more, nor recorded, that would make it be copied twice.
        Assert.All(await _lab.RunAsync(request, source: World.Client(_other)), result => Assert.Equal(FolderOutcome.Unchanged, result.Outcome));
        Assert.All(await _lab.RunAsync(request with { OldestFirst = false, Delete = true }, source: World.Client(_other)), result => Assert.Equal(FolderOutcome.Unchanged, result.Outcome));
    }

    [Fact]
    public async Task Markers_are_copied_from_bucket_to_bucket()
    {
        _other.Put(new S3Uri("other", "empty/"), []);
        _other.Put(new S3Uri("other", "a.txt"), [1]);

        await _lab.RunAsync(new FolderRequest(FolderPlace.In(new S3Uri("other", "")), Remote("new/")), source: World.Client(_other));
        Assert.Equal(["new/a.txt", "new/empty/"], World.Keys);
    }

    [Fact]
    public async Task Two_places_of_one_bucket_must_not_lie_within_each_other()
    {
        World.Store.Put(World.Uri("rel/a.txt"), [1]);

        foreach (var (from, to) in new[] { ("rel/", "rel/sub/"), ("rel/", ""), ("rel/", "rel/") })
            Assert.Equal(ErrorKind.InvalidArgument, (await Assert.ThrowsAsync<DeltaGliderException>(() => _lab.RunAsync(new FolderRequest(Remote(from), Remote(to))))).Kind);
        Assert.Equal(["rel/a.txt"], World.Keys);
    }

    private async Task<PutObjectResult> CopyAsync(string from, string to)
    {
        var copy = World.Sut.CopyFrom(World.Sut);
        return await copy.RunAsync(await copy.PlanAsync(new CopyObjectRequest(World.Uri(from), World.Uri(to)), World.Cancellation), null, World.Cancellation);
    }
}
