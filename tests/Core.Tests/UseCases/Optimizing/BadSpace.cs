using System.Security.Cryptography;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.UseCases;
using DeltaGlider.TestKit;

namespace DeltaGlider.Core.Tests.UseCases.Optimizing;

/// <summary>A deltaspace whose first file is like none of those that followed, so that they are all stored whole.</summary>
internal static class BadSpace
{
    public const string Prefix = "p/";

    public static readonly byte[] Stranger = VersionedBytes.Random(72, 3_000);

    /// <summary>A fifth of each is in the stranger: a delta of it is smaller than the file, and not worth having.</summary>
    public static readonly IReadOnlyList<byte[]> Versions =
        [.. VersionedBytes.Versions(71, 6_000, 4).Select(bytes => (byte[])[.. Stranger.AsSpan(0, 1_500), .. bytes])];

    /// <summary>What it holds.</summary>
    public static Dictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal)
    {
        ["p/a.zip"] = Stranger,
        ["p/v1.zip"] = Versions[0],
        ["p/v2.zip"] = Versions[1],
        ["p/v3.zip"] = Versions[2],
    };

    /// <summary>The same with deltas that are worth little, as the Python tool keeps them: they need the reference.</summary>
    public static async Task FillAsync(World world, bool asDeltas)
    {
        var client = world.Client();
        foreach (var (key, bytes) in Files) await world.PutAsync(key, bytes, client, request => request with { MaxRatio = asDeltas ? 1 : null });
    }

    /// <summary>Some of them deltas, some whole.</summary>
    public static async Task FillMixedAsync(World world)
    {
        var client = world.Client();
        foreach (var (key, bytes) in Files) await world.PutAsync(key, bytes, client, request => request with { MaxRatio = key == "p/v3.zip" ? null : 1 });
    }

    /// <summary>Runs until there is nothing left to do, as a user would who runs it again, and then everything has its place.</summary>
    public static async Task FinishAsync(World world, IReadOnlyDictionary<string, byte[]> files, string why)
    {
        await EnsureReadableAsync(world, files, why);
        await OptimizeAsync(world.Client(), World.Cancellation);
        await EnsureReadableAsync(world, files, why + ", then finished");
        var temporary = world.Keys.Where(key => key.StartsWith(".deltaglider/", StringComparison.Ordinal)).ToList();
        Assert.True(temporary.TrueForAll(key => key.EndsWith(".lease", StringComparison.Ordinal)), $"{why}, then finished: {string.Join(' ', temporary)}");
        Assert.Equal(files.Keys.Where(key => key != "p/a.zip").Select(key => key + ".delta").Order(StringComparer.Ordinal), world.Keys.Where(key => key.EndsWith(".delta", StringComparison.Ordinal) && !key.StartsWith("p/a.", StringComparison.Ordinal)));
        Assert.Equal(files.Count + 1, world.Keys.Count - temporary.Count);
        Assert.NotEqual(Stranger, world.Store.Bytes(World.Uri("p/reference.bin")));
    }

    public static async Task<OptimizeResult> OptimizeAsync(DeltaGliderUseCases client, CancellationToken cancellation, IProgress<OptimizedObject>? each = null)
    {
        var plan = await PlanAsync(client, cancellation);
        return await client.Optimize.RunAsync(plan, each, null, cancellation);
    }

    public static async Task<OptimizePlan> PlanAsync(DeltaGliderUseCases client, CancellationToken cancellation) =>
        await client.Optimize.PlanAsync(new OptimizeRequest(World.Uri(Prefix)), null, cancellation);

    /// <summary>Reads every object back with a client that has nothing cached, and as the other tools read.</summary>
    public static async Task EnsureReadableAsync(World world, IReadOnlyDictionary<string, byte[]> files, string why)
    {
        var reader = world.Client();
        foreach (var (key, bytes) in files)
        {
            try
            {
                var read = await world.GetAsync(key, reader);
                Assert.True(bytes.AsSpan().SequenceEqual(read), $"{why}: {key} has other bytes");
            }
            catch (DeltaGliderException e)
            {
                Assert.Fail($"{why}: {key} cannot be read: {e.Message}");
            }

            EnsureEveryVariantStandsAlone(world, key, bytes, why);
        }
    }

    /// <summary>
    /// The other tools know nothing of spares: each variant that is there has to be the file, or a delta of what lies at
    /// <c>reference.bin</c> at this moment.
    /// </summary>
    private static void EnsureEveryVariantStandsAlone(World world, string key, byte[] bytes, string why)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var whole = world.Store.Peek(World.Uri(key));
        var delta = world.Store.Peek(World.Uri(key + ".delta"));
        Assert.True(whole is not null || delta is not null, $"{why}: {key} is gone");
        if (whole is not null) Assert.True(bytes.AsSpan().SequenceEqual(world.Store.Bytes(whole.Uri)), $"{why}: {key} is whole with other bytes");
        if (delta is null) return;
        Assert.Equal(sha256, delta.Metadata["dg-file-sha256"]);
        var reference = world.Store.Peek(World.Uri(Prefix + "reference.bin"));
        Assert.True(reference is not null, $"{why}: the reference of {key}.delta is gone");
        Assert.True(delta.Metadata["dg-ref-sha256"] == Convert.ToHexStringLower(SHA256.HashData(world.Store.Bytes(reference.Uri))), $"{why}: {key}.delta is of another reference");
    }
}
