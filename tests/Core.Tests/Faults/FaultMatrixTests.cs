using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Tests.UseCases;
using DeltaGlider.TestKit;

namespace DeltaGlider.Core.Tests.Faults;

/// <summary>
/// Every call of every use case goes wrong in every way, one at a time. Whatever happens: each object is whole, as it was
/// before or as it was to be; a reported success is one; the same command then succeeds; no temporary file is left.
/// </summary>
public sealed class FaultMatrixTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. Scenarios.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nothing_is_lost(string name)
    {
        var scenario = Scenarios.All.Single(one => one.Name == name);
        var calls = await CountCallsAsync(scenario);
        var (injected, failed) = (0, 0);
        for (var call = 1; call <= calls; call++)
        {
            foreach (var kind in Enum.GetValues<FaultKind>())
            {
                var (exercised, succeeded) = await RunAsync(scenario, new Fault(call, kind));
                if (exercised) injected++;
                if (!succeeded) failed++;
            }
        }

        output.WriteLine($"{name}: {calls} calls, {injected} faults injected, {failed} of them reported as errors");
        Assert.InRange(injected, calls * 3, calls * 6); // error, error after commit (or damage) and stall at each call at least
        Assert.InRange(failed, 0, injected);
    }

    private static async Task<int> CountCallsAsync(Scenario scenario)
    {
        using var world = new World();
        await scenario.Arrange(world);
        var store = new FaultyStore(world.Hooked, null);
        await scenario.Act(world, world.Client(store), World.Cancellation);
        await EnsureHoldsAsync(world, scenario.After);
        return store.Calls;
    }

    private static async Task<(bool Exercised, bool Succeeded)> RunAsync(Scenario scenario, Fault fault)
    {
        using var world = new World();
        await scenario.Arrange(world);
        var before = await ReadAllAsync(world);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(World.Cancellation);
        var store = new FaultyStore(world.Hooked, fault)
        {
            OnStall = () =>
            {
                cancel.Cancel();
                world.Time.Advance(TimeSpan.FromMinutes(2)); // for what the caller cannot cancel
            },
        };

        var succeeded = false;
        try
        {
            await scenario.Act(world, world.Client(store), cancel.Token);
            succeeded = true;
        }
        catch (DeltaGliderException)
        {
        }
        catch (OperationCanceledException) when (fault.Kind == FaultKind.Stall)
        {
        }

        var after = await ReadAllAsync(world);
        foreach (var key in before.Keys.Concat(scenario.After.Keys).Concat(after.Keys).Distinct())
        {
            var now = after.GetValueOrDefault(key);
            var allowed = succeeded ? Same(now, scenario.After.GetValueOrDefault(key)) : Same(now, before.GetValueOrDefault(key)) || Same(now, scenario.After.GetValueOrDefault(key));
            Assert.True(allowed, $"{scenario} with {fault}: {key} has {now?.Length.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no"} bytes that it should not have");
        }

        if (!succeeded) await TryAgainAsync(scenario, world);
        return (store.Exercised, succeeded);
    }

    /// <summary>The same command once more, without a fault: it succeeds, or finds that there is nothing left to do.</summary>
    private static async Task TryAgainAsync(Scenario scenario, World world)
    {
        try
        {
            await scenario.Act(world, world.Client(), World.Cancellation);
        }
        catch (DeltaGliderException e) when (e.Kind == ErrorKind.ObjectNotFound && scenario.Name.StartsWith("remove", StringComparison.Ordinal))
        {
        }

        await EnsureHoldsAsync(world, scenario.After);
    }

    private static async Task EnsureHoldsAsync(World world, IReadOnlyDictionary<string, byte[]> expected)
    {
        var held = await ReadAllAsync(world);
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), held.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, one => Assert.Equal(one.Value, held[one.Key]));
    }

    /// <summary>Every object that a listing shows, read back by a client that has nothing cached. One that cannot be read fails the test.</summary>
    private static async Task<Dictionary<string, byte[]>> ReadAllAsync(World world)
    {
        var reader = world.Client();
        var held = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        await foreach (var entry in reader.List.RunAsync(new ListObjectsRequest(World.Uri("")) { Recurse = true }, World.Cancellation))
            held[entry.Uri.Key] = await world.GetAsync(entry.Uri.Key, reader);
        return held;
    }

    private static bool Same(byte[]? left, byte[]? right) => left is null ? right is null : right is not null && left.AsSpan().SequenceEqual(right);
}
