using DeltaGlider.TestKit;

namespace DeltaGlider.Core.Tests.UseCases;

/// <summary>Two first writers on a store that ignores If-None-Match.</summary>
public sealed class UnconditionalStoreTests : IDisposable
{
    private readonly World _world = new();
    private readonly IReadOnlyList<byte[]> _versions = VersionedBytes.Versions(51, 20_000, 4);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Of_two_creations_the_later_one_stands_and_both_objects_are_whole()
    {
        var store = new UnconditionalStore(_world.Store);
        var (early, late) = (new HookedStore(store), new HookedStore(store));
        var (earlyWrote, lateWrote) = (Signal(), Signal());
        Task? first = null;
        late.Before = async call =>
        {
            if (first is not null || !IsReference(call)) return;
            first = _world.PutAsync("a.zip", _versions[0], _world.Client(early));
            await earlyWrote.Task;
        };
        early.After = async call =>
        {
            if (!IsReference(call)) return;
            earlyWrote.TrySetResult();
            await lateWrote.Task;
        };
        late.After = call =>
        {
            if (IsReference(call)) lateWrote.TrySetResult();
            return default;
        };
        await _world.PutAsync("b.zip", _versions[1], _world.Client(late));
        await first!;
        Assert.Equal(_versions[1], _world.Store.Bytes(World.Uri("reference.bin")));
        Assert.Equal(_versions[0], await _world.GetAsync("a.zip", _world.Client()));
        Assert.Equal(_versions[1], await _world.GetAsync("b.zip", _world.Client()));
    }

    [Fact]
    public async Task A_creation_is_looked_at_again_before_it_is_built_upon()
    {
        var hooked = new HookedStore(new UnconditionalStore(_world.Store));
        await _world.PutAsync("a.zip", _versions[0], _world.Client(hooked));
        var calls = hooked.Calls.ToList();
        var created = calls.FindIndex(IsReference);
        Assert.Equal(new StoreCall(StoreVerb.Find, World.Uri("reference.bin")), calls[created + 1]);
    }

    private static bool IsReference(StoreCall call) => call.Verb == StoreVerb.Put && call.Uri.Key == "reference.bin";

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
