using DeltaGlider.Adapters.S3;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Adapters.Tests.S3;

public sealed class PartLanesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stopped_while_lanes_are_being_taken_it_ends()
    {
        using var stop = new CancellationTokenSource();
        var lanes = new PartLanes(new TransferGate(4), 100, (_, token) =>
        {
            stop.Cancel();
            return Task.FromCanceled(token);
        });

        // In vain it would go round for ever, and never come back from the call.
        var running = Task.Run(() => lanes.RunAsync(stop.Token), Cancel);

        Assert.Same(running, await Task.WhenAny(running, Task.Delay(TimeSpan.FromSeconds(30), Cancel)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_failure_while_lanes_are_being_taken_is_thrown_and_no_further_part_begins()
    {
        var begun = 0;
        var lanes = new PartLanes(new TransferGate(4), 100, (_, _) =>
        {
            Interlocked.Increment(ref begun);
            throw new InvalidDataException("broken");
        });
        var running = Task.Run(() => lanes.RunAsync(Cancel), Cancel);

        Assert.Same(running, await Task.WhenAny(running, Task.Delay(TimeSpan.FromSeconds(30), Cancel)));
        await Assert.ThrowsAsync<InvalidDataException>(() => running);
        Assert.InRange(begun, 1, 5);
    }
}
