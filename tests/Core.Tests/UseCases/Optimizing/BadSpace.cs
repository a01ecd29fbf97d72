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

    public static readonly IReadOnlyList<byte[]> Versions = VersionedBytes.Versions(71, 8_000, 4);

    public static readonly byte[] Stranger = VersionedBytes.Random(72, 3_000);

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
                Assert.True(bytes.AsSpan().SequenceEqual(await world.GetAsync(key, reader)), $"{why}: {key} has other bytes");
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
