using DeltaGlider.Core.Ports;

namespace DeltaGlider.Core.Tests.Ports;

public sealed class TransferGateTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_more_are_in_than_the_limit_says()
    {
        var gate = new TransferGate(2);
        var first = await gate.EnterAsync(Cancel);
        using var further = gate.TryEnter();
        Assert.NotNull(further);
        Assert.Null(gate.TryEnter());
        var waiting = gate.EnterAsync(Cancel).AsTask();
        Assert.False(waiting.IsCompleted);
        first.Dispose();
        first.Dispose();
        using var second = await waiting;
        Assert.Equal(2, gate.InUse);
        Assert.Null(gate.TryEnter());
    }

    [Fact]
    public async Task Who_waits_for_a_file_goes_before_further_lanes()
    {
        var gate = new TransferGate(1);
        var first = await gate.EnterAsync(Cancel);
        var waiting = gate.EnterAsync(Cancel).AsTask();
        first.Dispose();
        Assert.Null(gate.TryEnter());
        (await waiting).Dispose();
        Assert.Equal(0, gate.InUse);
    }

    [Fact]
    public async Task A_wait_ends_when_it_is_cancelled()
    {
        var gate = new TransferGate(1);
        using var first = await gate.EnterAsync(Cancel);
        using var cancel = new CancellationTokenSource(20);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await gate.EnterAsync(cancel.Token));
        Assert.Equal(1, gate.InUse);
    }

    [Fact]
    public async Task Computing_is_bounded_by_the_processors_and_by_the_limit()
    {
        using (await new TransferGate(8, processors: 2).EnterProcessorAsync(Cancel))
        {
        }

        var narrow = new TransferGate(1, processors: 8);
        using var one = await narrow.EnterProcessorAsync(Cancel);
        Assert.Null(narrow.TryEnterProcessor());
        Assert.NotNull(narrow.TryEnter());
    }

    [Fact]
    public void A_limit_below_one_is_none() => Assert.Throws<ArgumentOutOfRangeException>(() => new TransferGate(0));
}
