using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.TestKit;

namespace DeltaGlider.Core.Tests.UseCases;

/// <summary>Two clients in one deltaspace, their calls interleaved where it hurts.</summary>
public sealed class ReferenceProtocolTests : IDisposable
{
    private readonly World _world = new();
    private readonly IReadOnlyList<byte[]> _versions = VersionedBytes.Versions(21, 20_000, 4);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Of_two_first_uploads_the_second_uses_the_reference_of_the_first()
    {
        var other = _world.Client();
        await OnceBeforeAsync(StoreVerb.Put, "reference.bin", () => _world.PutAsync("b.zip", _versions[1], other));
        await _world.PutAsync("a.zip", _versions[0]);
        Assert.Equal(_versions[1], _world.Store.Bytes(World.Uri("reference.bin")));
        await AllReadableAsync(("a.zip", 0), ("b.zip", 1));
    }

    [Fact]
    public async Task A_reference_removed_while_a_delta_is_uploaded_is_put_back()
    {
        var other = _world.Client();
        await _world.PutAsync("a.zip", _versions[0], other);
        await OnceBeforeAsync(StoreVerb.Put, "b.zip.delta", () => _world.RemoveAsync("a.zip", other));
        await _world.PutAsync("b.zip", _versions[1]);
        Assert.Equal(["b.zip.delta", "reference.bin"], _world.Keys);
        await AllReadableAsync(("b.zip", 1));
    }

    [Fact]
    public async Task A_reference_replaced_while_a_delta_is_uploaded_gets_a_new_delta()
    {
        var other = _world.Client();
        await _world.PutAsync("a.zip", _versions[0], other);
        await OnceBeforeAsync(StoreVerb.Put, "b.zip.delta", async () =>
        {
            await _world.RemoveAsync("a.zip", other);
            await _world.PutAsync("c.zip", _versions[2], other);
        });
        await _world.PutAsync("b.zip", _versions[1]);
        Assert.Equal(_versions[2], _world.Store.Bytes(World.Uri("reference.bin")));
        await AllReadableAsync(("b.zip", 1), ("c.zip", 2));
    }

    [Fact]
    public async Task A_remover_that_meets_a_writer_puts_the_reference_back()
    {
        var writer = _world.Client();
        await _world.PutAsync("a.zip", _versions[0]);

        // The writer finishes its re-check before the remover deletes: only the remover can see the other.
        await OnceBeforeAsync(StoreVerb.Delete, "reference.bin", () => _world.PutAsync("b.zip", _versions[1], writer));
        var result = await _world.RemoveAsync("a.zip");
        Assert.False(result.ReferenceRemoved);
        Assert.Equal(["b.zip.delta", "reference.bin"], _world.Keys);
        await AllReadableAsync(("b.zip", 1));
    }

    [Fact]
    public async Task A_deltaspace_that_never_stands_still_gets_the_file_whole()
    {
        var other = _world.Client();
        await _world.PutAsync("z.zip", _versions[0], other);
        var turn = 0;
        _world.Hooked.Before = async call =>
        {
            if (call.Verb != StoreVerb.Put || call.Uri.Key != "b.zip.delta") return;
            _world.Store.Remove(World.Uri("reference.bin"));
            _world.Store.Remove(World.Uri("z.zip.delta"));
            await _world.PutAsync("z.zip", VersionedBytes.Versions(21, 20_000, 1)[0].Concat([(byte)turn++]).ToArray(), other);
        };
        var result = await _world.PutAsync("b.zip", _versions[1]);
        Assert.Equal(StorageKind.Direct, result.Storage);
        Assert.DoesNotContain("b.zip.delta", _world.Keys);
        await AllReadableAsync(("b.zip", 1));
    }

    [Fact]
    public async Task A_reference_that_is_replaced_between_the_look_and_the_read_is_looked_at_again()
    {
        var other = _world.Client();
        await _world.PutAsync("z.zip", _versions[0], other);
        await OnceBeforeAsync(StoreVerb.Open, "reference.bin", async () =>
        {
            _world.Store.Remove(World.Uri("reference.bin"));
            _world.Store.Remove(World.Uri("z.zip.delta"));
            await _world.PutAsync("y.zip", _versions[2], other);
        });
        var result = await _world.PutAsync("b.zip", _versions[1]);
        Assert.Equal(StorageKind.Delta, result.Storage);
        await AllReadableAsync(("y.zip", 2), ("b.zip", 1));
    }

    [Fact]
    public async Task A_damaged_reference_stops_the_upload_and_names_it()
    {
        await _world.PutAsync("a.zip", _versions[0], _world.Client());
        var reference = _world.Store.Peek(World.Uri("reference.bin"))!;
        var bytes = _world.Store.Bytes(reference.Uri);
        bytes[100] ^= 1;
        _world.Store.Put(reference.Uri, bytes, reference.Metadata);
        var error = await Assert.ThrowsAsync<DeltaGliderException>(() => _world.PutAsync("b.zip", _versions[1]));
        Assert.Equal(ErrorKind.ReferenceMismatch, error.Kind);
        Assert.Contains("reference.bin", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("b.zip.delta", _world.Keys);
    }

    [Fact]
    public async Task Removing_the_last_delta_removes_the_reference_and_only_then()
    {
        await _world.PutAsync("p/a.zip", _versions[0]);
        await _world.PutAsync("p/b.zip", _versions[1]);
        await _world.PutAsync("p/sub/c.zip", _versions[2]);
        Assert.False((await _world.RemoveAsync("p/a.zip")).ReferenceRemoved);
        await AllReadableAsync(("p/b.zip", 1));
        var last = await _world.RemoveAsync("p/b.zip");
        Assert.True(last.ReferenceRemoved);
        Assert.True(last.FreedBytes > 20_000);
        Assert.Equal(["p/sub/c.zip.delta", "p/sub/reference.bin"], _world.Keys);
    }

    [Fact]
    public async Task A_reference_that_deltas_need_is_not_removed()
    {
        await _world.PutAsync("p/a.zip", _versions[0]);
        await _world.PutAsync("p/b.zip", _versions[1]);
        var error = await Assert.ThrowsAsync<DeltaGliderException>(() => _world.RemoveAsync("p/reference.bin"));
        Assert.Equal(ErrorKind.ReferenceInUse, error.Kind);
        Assert.Contains("2 objects", error.Message, StringComparison.Ordinal);
        Assert.Contains("p/a.zip", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, _world.Keys.Count);

        var removed = await _world.RemoveAsync("p/reference.bin", includeDependents: true);
        Assert.True(removed.ReferenceRemoved);
        Assert.Empty(_world.Keys);
    }

    [Fact]
    public async Task A_delta_that_appears_while_dependents_go_keeps_the_reference()
    {
        await _world.PutAsync("p/a.zip", _versions[0]);
        var remove = _world.Sut.Remove;
        var plan = await remove.PlanAsync(new RemoveObjectRequest(World.Uri("p/reference.bin")) { IncludeDependents = true }, World.Cancellation);
        await _world.PutAsync("p/b.zip", _versions[1], _world.Client());
        Assert.False((await remove.RunAsync(plan, World.Cancellation)).ReferenceRemoved);
        await AllReadableAsync(("p/b.zip", 1));
    }

    [Fact]
    public async Task A_users_own_reference_bin_is_a_file_like_any_other()
    {
        _world.Store.Put(World.Uri("p/reference.bin"), [1, 2, 3]);
        Assert.Equal([1, 2, 3], await _world.GetAsync("p/reference.bin"));
        Assert.Equal(["p/reference.bin"], (await _world.RemoveAsync("p/reference.bin")).RemovedKeys);
        Assert.Empty(_world.Keys);
    }

    private async Task AllReadableAsync(params (string Key, int Version)[] objects)
    {
        _world.Hooked.Before = null;
        var reader = _world.Client();
        foreach (var (key, version) in objects) Assert.Equal(_versions[version], await _world.GetAsync(key, reader));
    }

    private ValueTask OnceBeforeAsync(StoreVerb verb, string key, Func<Task> act)
    {
        var done = false;
        _world.Hooked.Before = async call =>
        {
            if (done || call.Verb != verb || call.Uri.Key != key) return;
            done = true;
            await act();
        };
        return ValueTask.CompletedTask;
    }
}
