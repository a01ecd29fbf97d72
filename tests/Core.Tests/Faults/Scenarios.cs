using DeltaGlider.Core.Model;
using DeltaGlider.Core.Tests.UseCases;
using DeltaGlider.Core.UseCases;
using DeltaGlider.TestKit;

namespace DeltaGlider.Core.Tests.Faults;

/// <summary>Every use case, on buckets where something can be lost.</summary>
internal static class Scenarios
{
    private static readonly IReadOnlyList<byte[]> V = VersionedBytes.Versions(61, 6_000, 4);

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("first file", _ => Task.CompletedTask, Put("p/a.zip", V[0]), Holding(("p/a.zip", V[0]))),
        new("second file", Stored(("p/a.zip", V[0])), Put("p/b.zip", V[1]), Holding(("p/a.zip", V[0]), ("p/b.zip", V[1]))),
        new("direct file", Stored(("p/a.zip", V[0])), Put("p/n.txt", V[1]), Holding(("p/a.zip", V[0]), ("p/n.txt", V[1]))),
        new("not worth a delta", Stored(("p/a.zip", V[0])), Put("p/u.zip", VersionedBytes.Random(1, 6_000)), Holding(("p/a.zip", V[0]), ("p/u.zip", VersionedBytes.Random(1, 6_000)))),
        new("overwrite a delta", Stored(("p/a.zip", V[0]), ("p/b.zip", V[1])), Put("p/b.zip", V[2]), Holding(("p/a.zip", V[0]), ("p/b.zip", V[2]))),
        new("overwrite the first delta", Stored(("p/a.zip", V[0]), ("p/b.zip", V[1])), Put("p/a.zip", V[2]), Holding(("p/a.zip", V[2]), ("p/b.zip", V[1]))),
        new("delta over direct", DirectStored("p/a.zip", V[0]), Put("p/a.zip", V[1]), Holding(("p/a.zip", V[1]))),
        new("direct over the only delta", Stored(("p/a.zip", V[0])), Put("p/a.zip", V[1], noDelta: true), Holding(("p/a.zip", V[1]))),
        new("fetch a delta", Stored(("p/a.zip", V[0]), ("p/b.zip", V[1])), Get("p/b.zip", V[1]), Holding(("p/a.zip", V[0]), ("p/b.zip", V[1]))),
        new("fetch what equals the reference", Stored(("p/a.zip", V[0])), Get("p/a.zip", V[0]), Holding(("p/a.zip", V[0]))),
        new("fetch a direct file", Stored(("p/n.txt", V[0])), Get("p/n.txt", V[0]), Holding(("p/n.txt", V[0]))),
        new("verify", Stored(("p/a.zip", V[0]), ("p/b.zip", V[1])), Verify("p/b.zip"), Holding(("p/a.zip", V[0]), ("p/b.zip", V[1]))),
        new("scrub", Stored(("p/a.zip", V[0]), ("p/b.zip", V[1]), ("p/n.txt", V[2])), Scrub(3), Holding(("p/a.zip", V[0]), ("p/b.zip", V[1]), ("p/n.txt", V[2]))),
        new("repair a reference's metadata", StoredWithBareReference(("p/a.zip", V[0]), ("p/b.zip", V[1])), Repair(), Holding(("p/a.zip", V[0]), ("p/b.zip", V[1]))),
        new("remove an orphan", StoredWithOrphan(("q/b.zip", V[1])), Repair(), Holding(("q/b.zip", V[1]))),
        new("list", Stored(("p/a.zip", V[0]), ("p/b.zip", V[1])), List(2), Holding(("p/a.zip", V[0]), ("p/b.zip", V[1]))),
        new("list buckets", Stored(("p/a.zip", V[0])), ListBuckets(), Holding(("p/a.zip", V[0]))),
        new("stats", StoredWithOldStats(("p/a.zip", V[0]), ("p/b.zip", V[1])), Stats(V[0].Length + V[1].Length), Holding(("p/a.zip", V[0]), ("p/b.zip", V[1]))),
        new("remove one of two", Stored(("p/a.zip", V[0]), ("p/b.zip", V[1])), Remove("p/a.zip"), Holding(("p/b.zip", V[1]))),
        new("remove the last", Stored(("p/a.zip", V[0])), Remove("p/a.zip"), Holding()),
        new("remove a direct file", Stored(("p/a.zip", V[0]), ("p/n.txt", V[1])), Remove("p/n.txt"), Holding(("p/a.zip", V[0]))),
        new("remove the reference with all", Stored(("p/a.zip", V[0]), ("p/b.zip", V[1])), Remove("p/reference.bin"), Holding()),
        new("remove the last while another writes", Stored(("p/a.zip", V[0])), RemoveAgainstWriter(), Holding(("p/b.zip", V[1]))),
        .. FolderScenarios.All,
    ];

    internal static Dictionary<string, byte[]> Holding(params (string Key, byte[] Bytes)[] objects) =>
        objects.ToDictionary(one => one.Key, one => one.Bytes, StringComparer.Ordinal);

    internal static Func<World, Task> Stored(params (string Key, byte[] Bytes)[] objects) => async world =>
    {
        var client = world.Client();
        foreach (var (key, bytes) in objects) await world.PutAsync(key, bytes, client);
    };

    private static Func<World, Task> StoredWithOldStats(params (string Key, byte[] Bytes)[] objects) => async world =>
    {
        var client = world.Client();
        await client.Stats.KeepAsync(await client.Stats.RunAsync(new BucketStatsRequest(World.Uri("")), null, World.Cancellation), World.Cancellation);
        await Stored(objects)(world);
    };

    private static Func<World, Task> DirectStored(string key, byte[] bytes) =>
        world => world.PutAsync(key, bytes, world.Client(), request => request with { NoDelta = true });

    private static Func<World, DeltaGliderUseCases, CancellationToken, Task> Put(string key, byte[] bytes, bool noDelta = false) => async (world, client, cancellation) =>
    {
        var path = world.Folder.Write("source/" + key.Split('/')[^1], bytes);
        await client.Put.RunAsync(client.Put.Plan(new PutObjectRequest(path, World.Uri(key)) { NoDelta = noDelta }), null, cancellation);
    };

    private static Func<World, DeltaGliderUseCases, CancellationToken, Task> Get(string key, byte[] bytes) => async (world, client, cancellation) =>
    {
        var path = world.Folder.Write("down/file", [9, 9]);
        try
        {
            var plan = await client.Get.PlanAsync(new GetObjectRequest(World.Uri(key), path), cancellation);
            await client.Get.RunAsync(plan, null, cancellation);
        }
        catch
        {
            Assert.Equal([9, 9], await File.ReadAllBytesAsync(path, World.Cancellation));
            throw;
        }
        finally
        {
            Assert.Single(Directory.GetFileSystemEntries(world.Folder["down"]));
        }

        Assert.Equal(bytes, await File.ReadAllBytesAsync(path, World.Cancellation));
    };

    private static Func<World, DeltaGliderUseCases, CancellationToken, Task> Verify(string key) => async (_, client, cancellation) =>
    {
        var result = await client.Verify.RunAsync(World.Uri(key), null, cancellation);
        if (!result.IsValid) throw new Errors.DeltaGliderException(result.Problem!.Value, key, result.Reason);
    };

    private static Func<World, Task> StoredWithBareReference(params (string Key, byte[] Bytes)[] objects) => async world =>
    {
        await Stored(objects)(world);
        world.Store.Put(World.Uri("p/reference.bin"), world.Store.Bytes(World.Uri("p/reference.bin")));
    };

    private static Func<World, Task> StoredWithOrphan(params (string Key, byte[] Bytes)[] objects) => async world =>
    {
        await Stored([("p/a.zip", V[0]), .. objects])(world);
        world.Store.Remove(World.Uri("p/a.zip.delta"));
    };

    private static Func<World, DeltaGliderUseCases, CancellationToken, Task> Repair() => async (world, client, cancellation) =>
    {
        // A removal that was cut off has the right to it for 10 minutes.
        world.Time.Advance(TimeSpan.FromMinutes(11));
        await foreach (var item in client.Scrub.RunAsync(World.Uri(""), null, cancellation))
        {
            if (item.Error is not null) throw item.Error;
            var left = await client.Repair.TryAsync(item.Result!, true, (_, _) => ValueTask.FromResult(true), cancellation);
            if (left.Finding != VerifyFinding.None) throw new Errors.DeltaGliderException(Errors.ErrorKind.StoreUnavailable, item.Uri.ToString(), left.Reason);
        }

        Assert.DoesNotContain("p/reference.bin", world.Keys.Where(_ => !world.Keys.Contains("p/a.zip.delta")));
    };

    private static Func<World, DeltaGliderUseCases, CancellationToken, Task> Scrub(int expected) => async (_, client, cancellation) =>
    {
        var count = 0;
        await foreach (var item in client.Scrub.RunAsync(World.Uri("p/"), null, cancellation))
        {
            if (item.Error is not null) throw item.Error;
            if (!item.Result!.IsValid) throw new Errors.DeltaGliderException(item.Result.Problem!.Value, item.Uri.ToString(), item.Result.Reason);
            count++;
        }

        Assert.Equal(expected, count);
    };

    private static Func<World, DeltaGliderUseCases, CancellationToken, Task> List(int expected) => async (_, client, cancellation) =>
    {
        var count = 0;
        await foreach (var entry in client.List.RunAsync(new ListObjectsRequest(World.Uri("p/")) { Recurse = true }, cancellation))
            count += entry.IsPrefix ? 0 : 1;
        Assert.Equal(expected, count);
    };

    private static Func<World, DeltaGliderUseCases, CancellationToken, Task> ListBuckets() => async (_, client, cancellation) =>
    {
        var names = new List<string>();
        await foreach (var bucket in client.Buckets.RunAsync(cancellation)) names.Add(bucket.Name);
        Assert.Equal([World.Bucket], names);
    };

    private static Func<World, DeltaGliderUseCases, CancellationToken, Task> Stats(long expected) => async (_, client, cancellation) =>
    {
        var statistics = await client.Stats.RunAsync(new BucketStatsRequest(World.Uri("")), null, cancellation);
        Assert.Equal(expected, statistics.Figures.TotalSize);
        await client.Stats.KeepAsync(statistics, cancellation);
    };

    private static Func<World, DeltaGliderUseCases, CancellationToken, Task> Remove(string key) => async (_, client, cancellation) =>
    {
        var plan = await client.Remove.PlanAsync(new RemoveObjectRequest(World.Uri(key)) { IncludeDependents = true }, cancellation);
        await client.Remove.RunAsync(plan, cancellation);
    };

    /// <summary>The other client stores its file when the remover is about to remove the reference.</summary>
    private static Func<World, DeltaGliderUseCases, CancellationToken, Task> RemoveAgainstWriter() => async (world, client, cancellation) =>
    {
        var other = world.Client();
        var done = false;
        world.Hooked.Before = async call =>
        {
            if (done || call.Verb != StoreVerb.Delete || call.Uri.Key != "p/reference.bin") return;
            done = true;
            await world.PutAsync("p/b.zip", V[1], other);
        };
        try
        {
            await Remove("p/a.zip")(world, client, cancellation);
        }
        finally
        {
            world.Hooked.Before = null;
            if (!done) await world.PutAsync("p/b.zip", V[1], other);
        }
    };
}
