using DeltaGlider.Core.Model;
using DeltaGlider.Core.Tests.UseCases;
using DeltaGlider.Core.UseCases;
using DeltaGlider.TestKit;

namespace DeltaGlider.Core.Tests.Faults;

/// <summary>Runs over whole folders, in each direction, with something to copy, to leave and to remove.</summary>
internal static class FolderScenarios
{
    private static readonly IReadOnlyList<byte[]> V = VersionedBytes.Versions(62, 6_000, 4);

    // Later than anything a test stores by itself.
    private static readonly DateTime Later = new(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("sync a folder up", Scenarios.Stored(("p/a.zip", V[0]), ("p/b.zip", V[1]), ("p/gone.txt", V[2])), Up, Scenarios.Holding(("p/a.zip", V[2]), ("p/b.zip", V[1]), ("p/n.txt", V[3]))),
        new("sync a folder down", Scenarios.Stored(("p/a.zip", V[0]), ("p/b.zip", V[1]), ("p/n.txt", V[2])), Down, Scenarios.Holding(("p/a.zip", V[0]), ("p/b.zip", V[1]), ("p/n.txt", V[2]))),
        new("copy a prefix to another", Scenarios.Stored(("p/a.zip", V[0]), ("p/n.txt", V[2])), Across, Scenarios.Holding(("p/a.zip", V[0]), ("p/n.txt", V[2]), ("q/a.zip", V[0]), ("q/n.txt", V[2]))),
    ];

    private static async Task Up(World world, DeltaGliderUseCases client, CancellationToken cancellation)
    {
        foreach (var (name, bytes) in new[] { ("a.zip", V[2]), ("b.zip", V[1]), ("n.txt", V[3]) })
            File.SetLastWriteTimeUtc(world.Folder.Write($"tree/{name}", bytes), Later);
        await RunAsync(client, new FolderRequest(FolderPlace.At(world.Folder["tree"]), FolderPlace.In(World.Uri("p/"))) { Delete = true }, cancellation);
    }

    private static async Task Down(World world, DeltaGliderUseCases client, CancellationToken cancellation)
    {
        var old = world.Folder.Write("down/a.zip", [9, 9]);
        File.SetLastWriteTimeUtc(old, DateTime.UnixEpoch);
        try
        {
            await RunAsync(client, new FolderRequest(FolderPlace.In(World.Uri("p/")), FolderPlace.At(world.Folder["down"])), cancellation);
            Assert.Equal(3, Directory.GetFileSystemEntries(world.Folder["down"]).Length);
        }
        finally
        {
            // Whatever happened: each file is whole, the old or the new one, and nothing else is there.
            foreach (var path in Directory.GetFileSystemEntries(world.Folder["down"]))
            {
                byte[][] allowed = Path.GetFileName(path) switch { "a.zip" => [[9, 9], V[0]], "b.zip" => [V[1]], "n.txt" => [V[2]], _ => [] };
                Assert.Contains(await File.ReadAllBytesAsync(path, World.Cancellation), allowed);
            }
        }
    }

    private static Task Across(World world, DeltaGliderUseCases client, CancellationToken cancellation) =>
        RunAsync(client, new FolderRequest(FolderPlace.In(World.Uri("p/")), FolderPlace.In(World.Uri("q/"))) { OldestFirst = true, Verify = true }, cancellation);

    private static async Task RunAsync(DeltaGliderUseCases client, FolderRequest request, CancellationToken cancellation)
    {
        Errors.DeltaGliderException? failure = null;
        await foreach (var result in client.SyncFrom(client).RunAsync(request, new FolderHandlers(), cancellation))
        {
            failure ??= result.Error;
            if (failure is not null) Assert.False(result is { Outcome: FolderOutcome.Done, Step.Action: FolderAction.Delete });
        }

        if (failure is not null) throw failure;
    }
}
