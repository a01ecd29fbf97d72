using System.Security.Cryptography;
using DeltaGlider.Benchmarks.Compare;
using DeltaGlider.Deep;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Benchmarks.Deep;

/// <summary>Makes a deep delta of a pair, applies it, and compares the result byte for byte.</summary>
internal static class DeepRunner
{
    public static async Task<DeepFigures> RunAsync(Pair pair)
    {
        using var reference = SourceBuffer.MapFile(pair.Reference);
        using var target = SourceBuffer.MapFile(pair.Target);
        using var delta = new MemoryStream();
        var before = CpuClock.Seconds();
        var result = await new DeepEncoder(reference).EncodeAsync(target, delta);
        var encode = CpuClock.Seconds() - before;
        if (!result.IsDeep) return new DeepFigures(result, encode, double.NaN);

        delta.Position = 0;
        using var hash = SHA256.Create();
        await using var restored = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write);
        before = CpuClock.Seconds();
        await new DeepDecoder(reference).DecodeAsync(delta, restored);
        var decode = CpuClock.Seconds() - before;
        await restored.FlushFinalBlockAsync();
        await using var expected = File.OpenRead(pair.Target);
        var wanted = await SHA256.HashDataAsync(expected);
        if (!wanted.SequenceEqual(hash.Hash!)) throw new InvalidOperationException($"{pair.Name}: what came back is not the target.");
        return new DeepFigures(result, encode, decode);
    }
}
