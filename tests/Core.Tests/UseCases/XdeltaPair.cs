using System.Security.Cryptography;
using DeltaGlider.TestKit;

namespace DeltaGlider.Core.Tests.UseCases;

/// <summary>Plants a reference and a delta as the Python tool does: xdelta3 as it comes, without -D.</summary>
internal static class XdeltaPair
{
    public const string Key = "rel/file";

    public static void Plant(World world, byte[] reference, byte[] target) =>
        Plant(world, reference, target, Delta(world, reference, target));

    public static void Plant(World world, byte[] reference, byte[] target, byte[] delta)
    {
        world.Store.Put(World.Uri("rel/reference.bin"), reference, Metadata(("source-name", "first"), ("file-sha256", Sha256(reference)), ("note", "reference")));
        world.Store.Put(World.Uri(Key + ".delta"), delta, Metadata(
            ("original-name", "file"),
            ("file-sha256", Sha256(target)),
            ("file-size", $"{target.Length}"),
            ("ref-key", "rel/reference.bin"),
            ("ref-sha256", Sha256(reference)),
            ("delta-size", $"{delta.Length}"),
            ("delta-cmd", "xdelta3 -e -9 -s reference.bin file file.delta")));
    }

    public static byte[] Delta(World world, byte[] reference, byte[] target)
    {
        var (code, delta, errors) = TryDelta(world, reference, target);
        Assert.True(code == 0, errors);
        return delta;
    }

    public static (int ExitCode, byte[] Delta, string Errors) TryDelta(World world, byte[] reference, byte[] target)
    {
        var xdelta = Tool.Demand("xdelta3");
        var source = world.Folder.Write("pair/source", reference);
        var input = world.Folder.Write("pair/input", target);
        var output = world.Folder["pair", "delta"];
        var (code, _, errors) = xdelta.Try(default, "-e", "-9", "-f", "-s", source, input, output);
        return (code, File.Exists(output) ? File.ReadAllBytes(output) : [], errors);
    }

    private static Dictionary<string, string> Metadata(params (string Name, string Value)[] values) =>
        values.Prepend(("tool", "deltaglider/6.1.2")).Append(("created-at", "2026-11-22T08:33:18.700910Z")).ToDictionary(pair => "dg-" + pair.Item1, pair => pair.Item2);

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
