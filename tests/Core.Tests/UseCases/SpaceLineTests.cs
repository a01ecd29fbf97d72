using DeltaGlider.Core.Model;
using DeltaGlider.Core.UseCases.Parts;

namespace DeltaGlider.Core.Tests.UseCases;

/// <summary>The line before a deltaspace.</summary>
public sealed class SpaceLineTests
{
    private static readonly DeltaSpace Space = DeltaSpace.Of(World.Uri("p/x.zip"));
    private static readonly StoredObject Reference = new(Space.Reference, 1, DateTimeOffset.UnixEpoch, "e", null, []);

    private readonly SpaceLine _line = new();

    [Fact]
    public async Task One_at_a_time_in_the_order_in_which_they_entered()
    {
        var (first, second, third) = (_line.Enter(Space), _line.Enter(Space), _line.Enter(Space));
        Assert.Null(await first.TurnAsync(World.Cancellation));
        var (turn2, turn3) = (second.TurnAsync(World.Cancellation).AsTask(), third.TurnAsync(World.Cancellation).AsTask());
        Assert.False(turn2.IsCompleted || turn3.IsCompleted);

        first.Leave(Reference);
        Assert.Same(Reference, await turn2);
        Assert.False(turn3.IsCompleted);
        second.Leave(Reference);
        Assert.Same(Reference, await turn3);
    }

    [Fact]
    public async Task Who_gives_up_while_he_waits_lets_nobody_pass_those_before_him()
    {
        var (first, second, third) = (_line.Enter(Space), _line.Enter(Space), _line.Enter(Space));
        await first.TurnAsync(World.Cancellation);
        using var impatient = new CancellationTokenSource();
        var turn2 = second.TurnAsync(impatient.Token).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => turn2);
        second.Dispose();

        var turn3 = third.TurnAsync(World.Cancellation).AsTask();
        await Task.Delay(50, World.Cancellation);
        Assert.False(turn3.IsCompleted);
        first.Leave(Reference);
        Assert.Same(Reference, await turn3);
    }

    [Fact]
    public async Task A_remover_leaves_nothing_known_behind()
    {
        using var writer = _line.Enter(Space);
        await writer.TurnAsync(World.Cancellation);
        writer.Leave(Reference);
        using (var remover = _line.Enter(Space)) Assert.Same(Reference, await remover.TurnAsync(World.Cancellation));
        using var next = _line.Enter(Space);
        Assert.Null(await next.TurnAsync(World.Cancellation));
    }

    [Fact]
    public async Task What_is_known_is_known_while_somebody_is_at_work_there()
    {
        var early = _line.Enter(Space);
        await early.TurnAsync(World.Cancellation);
        early.Leave(Reference);
        var late = _line.Enter(Space);
        early.Dispose();
        Assert.Same(Reference, await late.TurnAsync(World.Cancellation));
        late.Leave(Reference);
        late.Dispose();

        using var after = _line.Enter(Space);
        Assert.Null(await after.TurnAsync(World.Cancellation));
    }

    [Fact]
    public async Task Deltaspaces_do_not_wait_for_each_other()
    {
        using var one = _line.Enter(Space);
        using var other = _line.Enter(DeltaSpace.Of(World.Uri("q/x.zip")));
        await one.TurnAsync(World.Cancellation);
        Assert.Null(await other.TurnAsync(World.Cancellation));
    }
}
