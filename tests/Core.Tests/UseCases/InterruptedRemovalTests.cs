using DeltaGlider.Core.Model;
using DeltaGlider.Core.Rules;
using DeltaGlider.TestKit;

namespace DeltaGlider.Core.Tests.UseCases;

/// <summary>The removal of a reference, cut off or overtaken where it hurts.</summary>
public sealed class InterruptedRemovalTests : IDisposable
{
    private readonly World _world = new();
    private readonly IReadOnlyList<byte[]> _versions = VersionedBytes.Versions(31, 20_000, 4);

    public void Dispose() => _world.Dispose();

    private static S3Uri Spare => SpareReference.Of(DeltaSpace.Of(World.Uri("x")));

    [Fact]
    public async Task A_remover_killed_after_its_delete_takes_nothing_along()
    {
        await DieAfterDeleteAsync();
        Assert.DoesNotContain("reference.bin", _world.Keys);
        Assert.Equal(_versions[1], await _world.GetAsync("b.zip", _world.Client()));
    }

    [Fact]
    public async Task The_next_writer_brings_back_what_a_killed_remover_took()
    {
        await DieAfterDeleteAsync();
        await _world.PutAsync("c.zip", _versions[2], _world.Client());
        Assert.Equal(_versions[0], _world.Store.Bytes(World.Uri("reference.bin")));
        Assert.NotNull(_world.Store.Peek(Spare)); // its remover might be slow, and not dead
        Assert.Equal(_versions[1], await _world.GetAsync("b.zip", _world.Client()));
        Assert.Equal(_versions[2], await _world.GetAsync("c.zip", _world.Client()));

        _world.Time.Advance(TimeSpan.FromMinutes(11));
        await _world.PutAsync("d.zip", _versions[3], _world.Client());
        Assert.Null(_world.Store.Peek(Spare));
    }

    [Fact]
    public async Task The_next_remover_takes_over_from_a_dead_one()
    {
        await _world.PutAsync("a.zip", _versions[0]);
        _world.Store.Put(Spare, _versions[0], _world.Store.Peek(World.Uri("reference.bin"))!.Metadata);
        _world.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.True((await _world.RemoveAsync("a.zip", _world.Client())).ReferenceRemoved);
        Assert.Empty(_world.Keys);
    }

    [Fact]
    public async Task A_first_writer_between_delete_and_second_look_uses_the_reference_that_goes()
    {
        await _world.PutAsync("a.zip", _versions[0]);
        var (writer, other) = (_world.Client(), _world.Client());
        var stranger = VersionedBytes.Random(9, 20_000);
        _world.Hooked.Before = call => IsDelete(call) ? new ValueTask(_world.PutAsync("b.zip", _versions[1], writer)) : default;
        _world.Hooked.After = call => IsDelete(call) ? new ValueTask(_world.PutAsync("c.zip", stranger, other, request => request with { MaxRatio = 1 })) : default;
        await _world.RemoveAsync("a.zip");
        Assert.Equal(_versions[1], await _world.GetAsync("b.zip", _world.Client()));
        Assert.Equal(stranger, await _world.GetAsync("c.zip", _world.Client()));
        Assert.Equal(_versions[0], _world.Store.Bytes(World.Uri("reference.bin")));
    }

    [Fact]
    public async Task Of_two_removers_only_one_has_the_right()
    {
        await _world.PutAsync("a.zip", _versions[0]);
        RemoveObjectResult? second = null;
        _world.Hooked.After = async call =>
        {
            if (call.Verb == StoreVerb.Put && call.Uri == Spare) second = await _world.RemoveAsync("reference.bin", _world.Client());
        };
        var first = await _world.RemoveAsync("a.zip");
        Assert.True(first.ReferenceRemoved);
        Assert.Empty(second!.RemovedKeys);
        Assert.Empty(_world.Keys);
    }

    [Fact]
    public async Task A_writer_reports_only_when_the_remover_is_done()
    {
        await _world.PutAsync("a.zip", _versions[0], _world.Client());
        _world.Store.Put(Spare, _versions[0], _world.Store.Peek(World.Uri("reference.bin"))!.Metadata);
        var looks = 0;
        _world.Hooked.Before = call =>
        {
            if (call.Verb == StoreVerb.Find && call.Uri == Spare && ++looks == 4) _world.Store.Remove(Spare);
            return default;
        };
        await _world.PutAsync("b.zip", _versions[1]);
        Assert.Equal(4, looks);
    }

    [Fact]
    public async Task A_delta_cut_off_before_its_reference_was_seen_does_not_hide_the_whole_object()
    {
        await _world.PutAsync("a.zip", _versions[0], _world.Client());
        await _world.PutAsync("x.zip", _versions[1], _world.Client(), request => request with { NoDelta = true });
        _world.Hooked.After = call => call.Verb == StoreVerb.Put && call.Uri.Key == "x.zip.delta" ? throw new InvalidOperationException("killed") : default;
        await Assert.ThrowsAsync<InvalidOperationException>(() => _world.PutAsync("x.zip", _versions[2]));
        _world.Store.Remove(World.Uri("reference.bin"));
        Assert.Equal(_versions[1], await _world.GetAsync("x.zip", _world.Client()));
    }

    [Fact]
    public async Task A_remover_whose_spare_another_ones_delete_took_gives_up()
    {
        await _world.PutAsync("a.zip", _versions[0], _world.Client());
        _world.Hooked.After = call =>
        {
            if (call.Verb == StoreVerb.Put && call.Uri == Spare) _world.Store.Remove(Spare);
            return default;
        };
        Assert.False((await _world.RemoveAsync("a.zip")).ReferenceRemoved);
        Assert.Equal(["reference.bin"], _world.Keys);
    }

    [Fact]
    public async Task A_spare_that_is_needed_and_was_taken_is_made_again()
    {
        // A delete of the remover before, sent twice, hits the spare of this one; another first file takes the place.
        await _world.PutAsync("a.zip", _versions[0]);
        var (writer, other) = (_world.Client(), _world.Client());
        var stranger = VersionedBytes.Random(9, 20_000);
        _world.Hooked.Before = async call =>
        {
            if (!IsDelete(call)) return;
            _world.Store.Remove(Spare);
            await _world.PutAsync("b.zip", _versions[1], writer);
        };
        _world.Hooked.After = call => IsDelete(call) ? new ValueTask(_world.PutAsync("c.zip", stranger, other)) : default;
        await _world.RemoveAsync("a.zip");
        Assert.Equal(stranger, _world.Store.Bytes(World.Uri("reference.bin")));
        Assert.Equal(_versions[1], await _world.GetAsync("b.zip", _world.Client()));
        Assert.Equal(stranger, await _world.GetAsync("c.zip", _world.Client()));
    }

    [Fact]
    public async Task The_spares_of_two_attempts_can_be_told_apart_and_what_is_brought_back_is_the_reference_as_it_was()
    {
        await DieAfterDeleteAsync();
        var first = _world.Store.Peek(Spare)!.Metadata;
        await _world.PutAsync("c.zip", _versions[2], _world.Client());
        var reference = _world.Store.Peek(World.Uri("reference.bin"))!.Metadata;
        Assert.Equal(SpareReference.Unmark(first), reference);
        Assert.NotEqual(first, reference);
        Assert.NotEqual(SpareReference.Mark(reference, "1"), SpareReference.Mark(reference, "2"));
    }

    [Fact]
    public async Task A_clock_that_is_ahead_takes_nobody_for_dead_who_lives()
    {
        await _world.PutAsync("a.zip", _versions[0]);
        _world.Store.Put(Spare, _versions[0], _world.Store.Peek(World.Uri("reference.bin"))!.Metadata);
        var ahead = _world.Client(time: new ImpatientTime(_world.Time.GetUtcNow().AddHours(1)) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) });
        await _world.PutAsync("b.zip", _versions[1], ahead);
        Assert.NotNull(_world.Store.Peek(Spare));
        await _world.RemoveAsync("a.zip", ahead);
        Assert.False((await _world.RemoveAsync("b.zip", ahead)).ReferenceRemoved);
        Assert.Equal([Spare.Key, "reference.bin"], _world.Keys);
    }

    [Fact]
    public async Task Cancelled_while_the_store_is_silent_a_remover_leaves_at_once_and_the_spare_stays()
    {
        await _world.PutAsync("a.zip", _versions[0], _world.Client());
        var calls = await CallsOfARemovalAsync();
        var stalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(World.Cancellation);
        var store = new FaultyStore(_world.Store, new Fault(calls.FindIndex(IsDelete) + 2, FaultKind.Stall)) { OnStall = stalled.SetResult };
        var remove = _world.Client(store).Remove;
        var plan = await remove.PlanAsync(new RemoveObjectRequest(World.Uri("a.zip")), World.Cancellation);
        var running = remove.RunAsync(plan, cancel.Token).AsTask();
        await stalled.Task;
        Assert.DoesNotContain("reference.bin", _world.Keys);

        await cancel.CancelAsync();
        _world.Time.Advance(TimeSpan.FromMilliseconds(900));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal([Spare.Key], _world.Keys);

        await _world.PutAsync("b.zip", _versions[1], _world.Client());
        Assert.Equal(_versions[1], await _world.GetAsync("b.zip", _world.Client()));
    }

    private static async Task<List<StoreCall>> CallsOfARemovalAsync()
    {
        using var twin = new World();
        await twin.PutAsync("a.zip", VersionedBytes.Random(1, 1000), twin.Client());
        await twin.RemoveAsync("a.zip");
        return [.. twin.Hooked.Calls];
    }

    private static bool IsDelete(StoreCall call) => call.Verb == StoreVerb.Delete && call.Uri.Key == "reference.bin";

    // A writer has reported b.zip between the remover's look and its delete; then the remover dies.
    private async Task DieAfterDeleteAsync()
    {
        await _world.PutAsync("a.zip", _versions[0]);
        var writer = _world.Client();
        var isDead = false;
        _world.Hooked.Before = async call =>
        {
            if (isDead) throw new InvalidOperationException("killed");
            if (!IsDelete(call)) return;
            await _world.PutAsync("b.zip", _versions[1], writer);
        };
        _world.Hooked.After = call => (isDead = IsDelete(call)) ? throw new InvalidOperationException("killed") : default;
        await Assert.ThrowsAsync<InvalidOperationException>(() => _world.RemoveAsync("a.zip"));
        (_world.Hooked.Before, _world.Hooked.After) = (null, null);
        Assert.NotNull(_world.Store.Peek(Spare));
    }
}
