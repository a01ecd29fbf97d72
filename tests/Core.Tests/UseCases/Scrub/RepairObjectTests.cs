using System.Collections.Concurrent;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases;
using DeltaGlider.TestKit;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Core.Tests.UseCases.Scrub;

public sealed class RepairObjectTests : IDisposable
{
    private static readonly IReadOnlyList<byte[]> V = VersionedBytes.Versions(91, 6_000, 5);

    private readonly World _world = new();

    public static TheoryData<string> PythonDeltas =>
        [.. PythonBucket.Load().Objects.Where(one => one.Metadata.ContainsKey("dg-ref-sha256")).Select(one => one.Key)];

    public void Dispose() => _world.Dispose();

    [Theory]
    [MemberData(nameof(PythonDeltas))]
    public async Task A_delta_of_xdelta3_that_lost_all_its_metadata_is_proven_by_its_checksums(string key)
    {
        var fixture = PythonBucket.Load();
        fixture.PlantIn(_world.Store, World.Bucket);
        var logical = key[..^".delta".Length];
        Strip(key);

        var repaired = (await RepairAsync()).Single(result => result.Uri.Key == logical);

        if (logical is "lossy/t2-lossy.tar.gz" or "lossy/t1-lossy.tar.gz" || logical.StartsWith("targz/", StringComparison.Ordinal))
        {
            // Made between unpacked files: what it decodes to is not the file.
            Assert.Equal((VerifyFinding.MetadataLost, false), (repaired.Finding, repaired.IsRepaired));
            return;
        }

        Assert.Equal((VerifyFinding.None, true, true), (repaired.Finding, repaired.IsValid, repaired.IsRepaired));
        Assert.Equal(fixture.Bytes(fixture.Files.Single(file => file.Key == logical).Original), await _world.GetAsync(logical, _world.Client()));
    }

    [Fact]
    public async Task The_metadata_is_as_it_was_as_far_as_that_can_be_known()
    {
        await FillAsync();
        var before = _world.Store.Peek(World.Uri("p/b.zip.delta"))!;
        _world.Store.Put(before.Uri, _world.Store.Bytes(before.Uri), before.Metadata.Where(pair => pair.Key is "mtime" or "user-color").ToDictionary());

        Assert.True(Assert.Single(await RepairAsync(), result => result.Uri.Key == "p/b.zip").IsRepaired);

        var after = _world.Store.Peek(before.Uri)!.Metadata;
        Assert.Equal(before.Metadata.Remove("dg-created-at"), after.Remove("dg-created-at"));
    }

    [Fact]
    public async Task Half_of_the_metadata_is_completed_and_its_sha256_is_the_proof()
    {
        await FillAsync();
        Strip("p/b.zip.delta", "dg-ref-sha256");
        Assert.True(Assert.Single(await RepairAsync(), result => result.Uri.Key == "p/b.zip").IsRepaired);

        // A recorded SHA-256 that the bytes do not have proves the contrary.
        Change("p/b.zip.delta", metadata => metadata.Remove("dg-ref-sha256").SetItem("dg-file-sha256", new string('0', 64)));
        var found = Assert.Single(await RepairAsync(), result => result.Uri.Key == "p/b.zip");
        Assert.Equal((VerifyFinding.MetadataLost, false), (found.Finding, found.IsRepaired));
    }

    [Fact]
    public async Task Nothing_is_proven_against_another_reference_without_one_or_beside_a_whole_file()
    {
        await FillAsync();
        await _world.PutAsync("q/a.zip", VersionedBytes.Random(4, 6_000));
        Strip("p/b.zip.delta");

        var delta = _world.Store.Bytes(World.Uri("p/b.zip.delta"));
        _world.Store.Put(World.Uri("q/b.zip.delta"), delta);
        _world.Store.Put(World.Uri("none/b.zip.delta"), delta);
        _world.Store.Put(World.Uri("p/c.zip.delta"), delta);
        _world.Store.Put(World.Uri("p/c.zip"), [1, 2, 3]);

        var left = (await RepairAsync()).Where(result => result.Finding == VerifyFinding.MetadataLost).Select(result => result.Uri.Key);
        Assert.Equal(["none/b.zip", "p/c.zip.delta", "q/b.zip"], left.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_delta_without_checksums_proves_nothing()
    {
        await FillAsync();
        using var source = await SourceBuffer.ReadAsync(new MemoryStream(V[0]), V[0].Length, World.Cancellation);
        using var delta = new MemoryStream();
        await new VcdiffEncoder(source, new VcdiffEncoderOptions { Checksum = false }).EncodeAsync(new MemoryStream(V[1]), delta, 1, World.Cancellation);
        _world.Store.Put(World.Uri("p/b.zip.delta"), delta.ToArray());

        var found = Assert.Single(await RepairAsync(), result => result.Uri.Key == "p/b.zip");

        Assert.Equal((VerifyFinding.MetadataLost, false), (found.Finding, found.IsRepaired));
        Assert.Empty(_world.Store.Peek(World.Uri("p/b.zip.delta"))!.Metadata);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reference_gets_back_the_metadata_that_its_deltas_prove(bool isGone)
    {
        await FillAsync();
        var before = _world.Store.Peek(World.Uri("p/reference.bin"))!;
        Change("p/reference.bin", metadata => isGone ? metadata.Clear() : metadata.SetItem("dg-file-sha256", new string('1', 64)));

        Assert.True(Assert.Single(await RepairAsync(), result => result.Uri.Key == "p/reference.bin").IsRepaired);

        var after = _world.Store.Peek(before.Uri)!;
        Assert.Equal(before.Metadata.Remove("dg-created-at"), after.Metadata.Remove("dg-created-at"));
        Assert.Equal(V[0], _world.Store.Bytes(before.Uri));
        Assert.All(await RepairAsync(), result => Assert.Equal(VerifyFinding.None, result.Finding));
    }

    [Fact]
    public async Task A_reference_of_which_no_delta_knows_stays_as_it_is()
    {
        await FillAsync();
        Change("p/reference.bin", metadata => metadata.Clear(), bytes => [.. bytes.Reverse()]);
        Assert.DoesNotContain(await RepairAsync(), result => result.IsRepaired);
        Assert.Empty(_world.Store.Peek(World.Uri("p/reference.bin"))!.Metadata);
    }

    [Fact]
    public async Task A_missing_reference_comes_back_from_its_spare()
    {
        await FillAsync();
        var reference = _world.Store.Peek(World.Uri("p/reference.bin"))!;
        _world.Store.Put(SpareReference.Of(new DeltaSpace(World.Bucket, "p/")), V[0], reference.Metadata);
        _world.Store.Remove(reference.Uri);
        var client = _world.Client(_world.Hooked);

        // Readers go by the spare, so nothing is wrong to them; whoever asks for its return gets it.
        var found = new VerifyObjectResult(World.Uri("p/b.zip"), false, null, null) { Storage = StorageKind.Delta, Finding = VerifyFinding.MissingReference };
        var plan = await client.Repair.PlanAsync(found, false, World.Cancellation);
        Assert.Equal(RepairKind.RestoreReference, plan!.Kind);
        Assert.True((await client.Repair.RunAsync(plan, found, World.Cancellation)).IsRepaired);

        Assert.Equal(V[0], _world.Store.Bytes(reference.Uri));
        Assert.Equal(reference.Metadata["dg-file-sha256"], _world.Store.Peek(reference.Uri)!.Metadata["dg-file-sha256"]);
        Assert.Equal(RepairKind.Nothing, (await client.Repair.PlanAsync(found, false, World.Cancellation))!.Kind);
    }

    [Fact]
    public async Task A_missing_reference_comes_back_from_the_cache_and_all_its_deltas_with_it()
    {
        await FillAsync();
        await _world.PutAsync("p/c.zip", V[2]);
        using var storage = new PlainStorage();
        var client = _world.Client(_world.Hooked, storage: storage);
        Assert.Equal(V[1], await _world.GetAsync("p/b.zip", client));
        _world.Store.Remove(World.Uri("p/reference.bin"));

        var results = await RepairAsync(_world.Client(_world.Hooked, storage: storage));

        Assert.All(results, result => Assert.Equal((true, true, VerifyFinding.None), (result.IsValid, result.IsRepaired, result.Finding)));
        Assert.Equal(3, results.Count);
        Assert.Equal(V[2], await _world.GetAsync("p/c.zip", _world.Client()));
    }

    [Fact]
    public async Task A_missing_reference_of_which_there_is_no_copy_stays_missing()
    {
        await FillAsync();
        _world.Store.Remove(World.Uri("p/reference.bin"));
        Assert.All(await RepairAsync(), result => Assert.Equal((VerifyFinding.MissingReference, false), (result.Finding, result.IsRepaired)));
    }

    [Fact]
    public async Task An_orphan_goes_only_when_that_is_wanted_and_leaves_no_spare()
    {
        await FillAsync();
        _world.Store.Remove(World.Uri("p/a.zip.delta"));
        _world.Store.Remove(World.Uri("p/b.zip.delta"));

        Assert.Equal(VerifyFinding.OrphanReference, Assert.Single(await RepairAsync()).Finding);
        Assert.Equal(["p/reference.bin"], _world.Keys);

        var gone = Assert.Single(await RepairAsync(removeOrphans: true));
        Assert.Equal((VerifyFinding.None, true), (gone.Finding, gone.IsRepaired));
        Assert.Empty(_world.Keys);
    }

    [Fact]
    public async Task An_orphan_that_somebody_begins_to_use_stays()
    {
        await FillAsync();
        _world.Store.Remove(World.Uri("p/a.zip.delta"));
        _world.Store.Remove(World.Uri("p/b.zip.delta"));
        var other = _world.Client();
        var done = false;
        _world.Hooked.Before = async call =>
        {
            if (done || call is not { Verb: StoreVerb.Delete, Uri.Key: "p/reference.bin" }) return;
            done = true;
            await _world.PutAsync("p/c.zip", V[2], other);
        };

        var result = Assert.Single(await RepairAsync(removeOrphans: true));

        Assert.True(done);
        Assert.Equal((VerifyFinding.OrphanReference, false), (result.Finding, result.IsRepaired));
        Assert.Equal(V[2], await _world.GetAsync("p/c.zip", _world.Client()));
    }

    [Fact]
    public async Task What_somebody_else_has_stored_meanwhile_is_not_written_over()
    {
        await FillAsync();
        Strip("p/b.zip.delta");
        var client = _world.Client(_world.Hooked);
        var found = await client.Verify.RunAsync(World.Uri("p/b.zip"), null, World.Cancellation);
        var plan = await client.Repair.PlanAsync(found, false, World.Cancellation);
        _world.Hooked.Before = async call =>
        {
            if (call is not { Verb: StoreVerb.Put, Uri.Key: "p/b.zip.delta" }) return;
            _world.Hooked.Before = null;
            await _world.PutAsync("p/b.zip", V[3], _world.Client());
        };

        var error = await Assert.ThrowsAsync<DeltaGliderException>(async () => await client.Repair.RunAsync(plan!, found, World.Cancellation));

        Assert.Equal(ErrorKind.Contended, error.Kind);
        Assert.Equal(V[3], await _world.GetAsync("p/b.zip", _world.Client()));
    }

    [Fact]
    public async Task Who_is_asked_and_says_no_has_everything_as_it_was()
    {
        await FillAsync();
        Strip("p/b.zip.delta");
        var before = _world.Hooked.Calls.Count;
        var asked = new List<string>();

        await RepairAsync(ask: plan =>
        {
            asked.Add(plan.ToString());
            return false;
        });

        Assert.StartsWith("write the metadata of s3://bucket/p/b.zip.delta anew", Assert.Single(asked), StringComparison.Ordinal);
        Assert.DoesNotContain(_world.Hooked.Calls.Skip(before), call => call.Verb is StoreVerb.Put or StoreVerb.Delete);
    }

    private async Task<List<VerifyObjectResult>> RepairAsync(DeltaGliderUseCases? client = null, bool removeOrphans = false, Func<RepairPlan, bool>? ask = null)
    {
        client ??= _world.Client(_world.Hooked);
        var results = new List<VerifyObjectResult>();
        await foreach (var item in client.Scrub.RunAsync(World.Uri(""), null, World.Cancellation))
            results.Add(await client.Repair.TryAsync(item.Result!, removeOrphans, (plan, _) => ValueTask.FromResult(ask?.Invoke(plan) ?? true), World.Cancellation));
        return results;
    }

    private async Task FillAsync()
    {
        var client = _world.Client();
        await _world.PutAsync("p/a.zip", V[0], client);
        await _world.PutAsync("p/b.zip", V[1], client, request => request with { Metadata = request.Metadata.Add("color", "blue") });
    }

    private void Strip(string key, string? only = null) => Change(key, metadata => only is null ? metadata.Clear() : metadata.Remove(only));

    private void Change(
        string key,
        Func<System.Collections.Immutable.ImmutableDictionary<string, string>, System.Collections.Immutable.ImmutableDictionary<string, string>> metadata,
        Func<byte[], byte[]>? bytes = null)
    {
        var stored = _world.Store.Bytes(World.Uri(key));
        _world.Store.Put(World.Uri(key), bytes is null ? stored : bytes(stored), metadata(_world.Store.Peek(World.Uri(key))!.Metadata));
    }

    /// <summary>Keeps references as they are: for a test, encryption would only be in the way.</summary>
    private sealed class PlainStorage : IReferenceStorage
    {
        private readonly ConcurrentDictionary<Sha256Digest, byte[]> _kept = new();

        public ValueTask<KeptReference?> OpenAsync(Sha256Digest sha256, CancellationToken cancellationToken) =>
            ValueTask.FromResult(_kept.TryGetValue(sha256, out var bytes) ? new KeptReference(new MemoryStream(bytes), bytes.Length) : null);

        public async ValueTask StoreAsync(Sha256Digest sha256, IContent content, CancellationToken cancellationToken)
        {
            using var bytes = new MemoryStream();
            await using var stream = await content.OpenAsync(cancellationToken);
            await stream.CopyToAsync(bytes, cancellationToken);
            _kept[sha256] = bytes.ToArray();
        }

        public void Forget(Sha256Digest sha256) => _kept.TryRemove(sha256, out _);

        public void Dispose()
        {
        }
    }
}
