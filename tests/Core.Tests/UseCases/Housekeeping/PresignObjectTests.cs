using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Rules;
using DeltaGlider.TestKit;

namespace DeltaGlider.Core.Tests.UseCases.Housekeeping;

public sealed class PresignObjectTests : IDisposable
{
    private static readonly IReadOnlyList<byte[]> V = VersionedBytes.Versions(43, 6_000, 2);

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_delta_is_restored_proven_and_marked_with_its_expiry()
    {
        await FillAsync();

        var result = await RunAsync("p/b.zip", TimeSpan.FromHours(2));

        var temporary = _world.Store.Peek(result.Target)!;
        Assert.Matches(@"^\.deltaglider/tmp/[0-9a-f]{32}_b\.zip$", result.Target.Key);
        Assert.Equal(V[1], _world.Store.Bytes(result.Target));
        Assert.Equal("application/zip", temporary.ContentType);
        Assert.Equal(("true", "p/b.zip"), (temporary.Metadata["dg-rehydrated"], temporary.Metadata["dg-original-key"]));
        var expires = MetadataReader.Read(temporary.Metadata).ExpiresAt!.Value;
        Assert.InRange(expires, result.ExpiresAt, result.ExpiresAt.AddHours(2)); // never before the link
        Assert.Equal((true, V[1].Length), (result.IsVerified, result.Size));
        Assert.Contains("seconds=7200&name=b.zip", result.Link.Query, StringComparison.Ordinal);
        Assert.DoesNotContain(result.Link.Query, result.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(await _world.ListAsync(), entry => entry.Uri.Key.StartsWith(".deltaglider", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_goes_when_it_has_expired()
    {
        await FillAsync();
        var result = await RunAsync("p/b.zip", TimeSpan.FromHours(2));
        Assert.Empty(await LeftoversAsync());
        _world.Time.Advance(TimeSpan.FromHours(4));
        Assert.Equal([result.Target], (await LeftoversAsync()).Select(leftover => leftover.Uri));
    }

    [Fact]
    public async Task An_object_stored_whole_is_linked_to_as_it_is()
    {
        await _world.PutAsync("p/n.txt", [1, 2, 3]);
        var before = _world.Hooked.Calls.Count;

        var result = await RunAsync("p/n.txt", TimeSpan.FromDays(7));

        Assert.Equal((World.Uri("p/n.txt"), false, 3), (result.Target, result.IsVerified, result.Size));
        Assert.DoesNotContain(_world.Hooked.Calls.Skip(before), call => call.Verb is not StoreVerb.Find);
        Assert.True((await RunAsync("p/n.txt", TimeSpan.FromDays(7), verify: true)).IsVerified);
    }

    [Fact]
    public async Task Wrong_bytes_get_no_link_and_leave_no_temporary()
    {
        await FillAsync();
        await _world.PutAsync("p/n.txt", [1, 2, 3]);
        foreach (var key in new[] { "p/b.zip.delta", "p/n.txt" })
        {
            var stored = _world.Store.Peek(World.Uri(key))!;
            _world.Store.Put(stored.Uri, _world.Store.Bytes(stored.Uri), stored.Metadata.SetItem("dg-file-sha256", new string('0', 64)));
        }

        Assert.Equal(ErrorKind.ChecksumMismatch, await FailsAsync("p/b.zip"));
        Assert.Equal(ErrorKind.ChecksumMismatch, await FailsAsync("p/n.txt", verify: true));
        Assert.DoesNotContain(_world.Keys, key => key.StartsWith(TemporaryKeys.Prefix, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_store_without_an_address_says_so_before_anything_is_restored()
    {
        await FillAsync();
        var before = _world.Hooked.Calls.Count;
        var client = _world.Client(_world.Hooked, care: new Core.Ports.NoBucketCare());
        var error = await Assert.ThrowsAsync<DeltaGliderException>(async () => await client.Presign.PlanAsync(new PresignObjectRequest(World.Uri("p/b.zip"), TimeSpan.FromHours(1)), World.Cancellation));
        Assert.Equal(ErrorKind.NotSupported, error.Kind);
        Assert.Equal(before, _world.Hooked.Calls.Count);
    }

    [Theory]
    [InlineData("p/b.zip", 0)]
    [InlineData("p/b.zip", 604_801)]
    [InlineData("", 60)]
    public async Task What_makes_no_sense_is_refused(string key, int seconds)
    {
        await FillAsync();
        Assert.Equal(ErrorKind.InvalidArgument, await FailsAsync(key, TimeSpan.FromSeconds(seconds)));
    }

    [Fact]
    public async Task A_name_too_long_for_a_temporary_is_cut()
    {
        var name = string.Concat(Enumerable.Repeat("ж", 490)) + ".zip";
        await _world.PutAsync("a.zip", V[0]);
        var delta = _world.Store.Peek(World.Uri("a.zip.delta"))!;
        _world.Store.Put(World.Uri(name + ".delta"), _world.Store.Bytes(delta.Uri), delta.Metadata);

        var result = await RunAsync(name, TimeSpan.FromHours(1));

        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(result.Target.Key), 1000, 1024);
        Assert.Equal(V[0], _world.Store.Bytes(result.Target));
    }

    private async Task FillAsync()
    {
        await _world.PutAsync("p/a.zip", V[0]);
        await _world.PutAsync("p/b.zip", V[1]);
    }

    private async Task<PresignResult> RunAsync(string key, TimeSpan expires, bool verify = false)
    {
        var presign = _world.Sut.Presign;
        return await presign.RunAsync(await presign.PlanAsync(new PresignObjectRequest(World.Uri(key), expires) { Verify = verify }, World.Cancellation), null, World.Cancellation);
    }

    private async Task<ErrorKind> FailsAsync(string key, TimeSpan? expires = null, bool verify = false) =>
        (await Assert.ThrowsAsync<DeltaGliderException>(() => RunAsync(key, expires ?? TimeSpan.FromHours(1), verify))).Kind;

    private async Task<List<Leftover>> LeftoversAsync()
    {
        var leftovers = new List<Leftover>();
        await foreach (var leftover in _world.Sut.Purge.PlanAsync(new PurgeRequest(World.Bucket), World.Cancellation)) leftovers.Add(leftover);
        return leftovers;
    }
}
