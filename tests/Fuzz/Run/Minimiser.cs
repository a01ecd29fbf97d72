using System.Diagnostics;
using DeltaGlider.Fuzz.Targets;

namespace DeltaGlider.Fuzz.Run;

/// <summary>Makes the input of a find smaller as long as it is found in the same way.</summary>
internal static class Minimiser
{
    private const int MaxSeconds = 10;

    public static FuzzInput Minimise(IFuzzTarget target, FuzzInput input, string signature)
    {
        var clock = Stopwatch.StartNew();
        for (var size = Math.Max(1, input.Bytes.Length / 2); size > 0; size /= 2)
            for (var at = 0; at < input.Bytes.Length && clock.Elapsed.TotalSeconds < MaxSeconds;)
            {
                var end = Math.Min(at + size, input.Bytes.Length);
                var shorter = input with { Bytes = [.. input.Bytes[..at], .. input.Bytes[end..]] };
                if (IsSame(target, shorter, signature)) input = shorter;
                else at = end;
            }
        for (var at = 0; at < input.Bytes.Length && clock.Elapsed.TotalSeconds < MaxSeconds; at++)
        {
            if (input.Bytes[at] == 0) continue;
            var simpler = input with { Bytes = (byte[])input.Bytes.Clone() };
            simpler.Bytes[at] = 0;
            if (IsSame(target, simpler, signature)) input = simpler;
        }
        return input;
    }

    private static bool IsSame(IFuzzTarget target, FuzzInput input, string signature)
    {
        try
        {
            _ = target.Execute(input, CancellationToken.None);
            return false;
        }
        catch (Exception exception)
        {
            return Find.SignatureOf(target.Name, exception) == signature;
        }
    }
}
