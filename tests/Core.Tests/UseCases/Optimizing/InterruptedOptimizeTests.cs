using DeltaGlider.Core.Errors;
using DeltaGlider.TestKit;

namespace DeltaGlider.Core.Tests.UseCases.Optimizing;

/// <summary>
/// Every call goes wrong in every way, and the process dies at every call. After each, every object reads back, by this tool
/// and by those that know nothing of spares; and the next run finishes.
/// </summary>
public sealed class InterruptedOptimizeTests(ITestOutputHelper output)
{
    public static TheoryData<FaultKind> Kinds => [.. Enum.GetValues<FaultKind>()];

    [Fact]
    public async Task At_every_moment_every_variant_can_be_read()
    {
        using var world = new World();
        await BadSpace.FillMixedAsync(world);
        var moments = 0;
        world.Hooked.After = async call =>
        {
            if (call.Verb is not (StoreVerb.Put or StoreVerb.Delete)) return;
            moments++;
            await BadSpace.EnsureReadableAsync(world, BadSpace.Files, $"after {call}");
        };
        await BadSpace.OptimizeAsync(world.Sut, World.Cancellation);
        Assert.InRange(moments, 15, 100);
        output.WriteLine($"{moments} moments");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_call_that_fails_costs_no_more_than_another_run(FaultKind kind)
    {
        var calls = await CountAsync();
        var (injected, failed) = (0, 0);
        await Parallel.ForEachAsync(Enumerable.Range(1, calls), World.Cancellation, async (call, _) =>
        {
            using var world = new World();
            await BadSpace.FillMixedAsync(world);
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(World.Cancellation);
            var store = new FaultyStore(world.Hooked, new Fault(call, kind))
            {
                OnStall = () =>
                {
                    cancel.Cancel();
                    world.Time.Advance(TimeSpan.FromMinutes(2));
                },
            };
            try
            {
                await BadSpace.OptimizeAsync(world.Client(store), cancel.Token);
            }
            catch (Exception e) when (e is DeltaGliderException or OperationCanceledException)
            {
                Interlocked.Increment(ref failed);
            }

            if (!store.Exercised) return;
            Interlocked.Increment(ref injected);
            await BadSpace.FinishAsync(world, BadSpace.Files, $"{kind} at call {call}");
        });
        output.WriteLine($"{kind}: {calls} calls, {injected} faults injected, {failed} runs failed");
        Assert.InRange(injected, 1, calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_kill_costs_no_more_than_another_run(bool afterTheCall)
    {
        var calls = await CountAsync();
        await Parallel.ForEachAsync(Enumerable.Range(1, calls), World.Cancellation, async (last, _) =>
        {
            using var world = new World();
            await BadSpace.FillMixedAsync(world);
            var (count, isDead) = (0, 0);
            world.Hooked.Before = _ => Volatile.Read(ref isDead) == 1 || (Interlocked.Increment(ref count) == last && !afterTheCall && Interlocked.Exchange(ref isDead, 1) == 0)
                ? throw new InvalidOperationException("killed")
                : default;
            world.Hooked.After = _ => Volatile.Read(ref count) >= last && Interlocked.Exchange(ref isDead, 1) == 0 ? throw new InvalidOperationException("killed") : default;
            await Assert.ThrowsAsync<InvalidOperationException>(() => BadSpace.OptimizeAsync(world.Sut, World.Cancellation));
            await BadSpace.FinishAsync(world, BadSpace.Files, $"killed at call {last}");
        });
        output.WriteLine($"killed at each of {calls} calls");
    }

    private static async Task<int> CountAsync()
    {
        using var world = new World();
        await BadSpace.FillMixedAsync(world);
        await BadSpace.OptimizeAsync(world.Sut, World.Cancellation);
        return world.Hooked.Calls.Count;
    }
}
