using System.Collections.Immutable;
using DeltaGlider.Deep.Container;
using DeltaGlider.Deep.Images;
using DeltaGlider.Fuzz.Corpus;
using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Fuzz.Mutation;

/// <summary>Changes what a deep delta says of its members, which is compressed, and so out of reach for changes of bytes.</summary>
internal static class PlanMutator
{
    public static byte[] Mutate(Seed seed, FuzzRandom random)
    {
        using var delta = new MemoryStream(seed.Delta);
        var reader = new ContainerReader(delta);
        var header = reader.ReadHeaderAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        var plan = reader.ReadPlanAsync(header, Deep.DeepLimits.Default, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        var kind = (ImageDeltaKind)reader.TakeByteAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        for (var changes = 1 + random.Skewed(4); changes > 0; changes--) plan = Once(plan, random);
        if (random.OneIn(8)) header = header with { TargetLength = random.Interesting(header.TargetLength) };
        if (random.OneIn(12)) kind = (ImageDeltaKind)random.Byte();
        using var output = new NativeBuffer();
        plan = plan with { ReferenceParts = InOrder(plan.ReferenceParts) };
        ContainerWriter.Append(output, header, plan, kind, CancellationToken.None);
        output.Append(seed.Delta.AsSpan((int)reader.Offset));
        return output.Span.ToArray();
    }

    private static DeepPlan Once(DeepPlan plan, FuzzRandom random)
    {
        if (random.OneIn(2) && !plan.ReferenceParts.IsEmpty)
        {
            var at = random.Next(plan.ReferenceParts.Length);
            return plan with { ReferenceParts = Change(plan.ReferenceParts, at, Part(plan.ReferenceParts[at], random), random) };
        }

        if (plan.Operations.IsEmpty) return plan with { Operations = [new TargetOperation(OperationKind.Raw, random.Next(100))] };
        var operation = random.Next(plan.Operations.Length);
        return plan with { Operations = Change(plan.Operations, operation, Operation(plan.Operations[operation], random), random) };
    }

    private static ImmutableArray<T> Change<T>(ImmutableArray<T> all, int at, T changed, FuzzRandom random) => random.Next(8) switch
    {
        0 => all.RemoveAt(at),
        1 => all.Insert(random.Next(all.Length + 1), all[at]),
        2 => all.Insert(random.Next(all.Length + 1), changed),
        _ => all.SetItem(at, changed),
    };

    /// <summary>The format has gaps and lengths, so that it cannot even say what goes backwards.</summary>
    private static ImmutableArray<ImagePart> InOrder(ImmutableArray<ImagePart> parts)
    {
        long end = 0;
        var ordered = ImmutableArray.CreateBuilder<ImagePart>();
        foreach (var part in parts.Where(_ => end < long.MaxValue / 4))
        {
            ordered.Add(part with { Offset = Math.Max(part.Offset, end) });
            end = ordered[^1].Offset + part.Length;
        }

        return ordered.ToImmutable();
    }

    private static ImagePart Part(ImagePart part, FuzzRandom random) => random.Next(5) switch
    {
        0 => part with { Offset = Near(part.Offset, random) },
        1 => part with { Length = Near(part.Length, random) },
        2 => part with { PlainLength = Near(part.PlainLength, random) },
        3 => part with { IsInflated = !part.IsInflated },
        _ => part with { Offset = part.Offset + 1, Length = Math.Max(0, part.Length - 1) },
    };

    private static TargetOperation Operation(TargetOperation one, FuzzRandom random) => random.Next(5) switch
    {
        0 => one with { Kind = (OperationKind)random.Next(5) },
        1 => one with { Length = Near(one.Length, random) },
        2 => one with { Offset = Near(one.Offset, random) },
        3 => one with { Encoder = random.Next(4) },
        _ => one with { Kept = Near(one.Kept, random) },
    };

    private static long Near(long value, FuzzRandom random) => random.OneIn(2) ? Math.Max(0, value + random.Next(-9, 10)) : Math.Abs(random.Interesting(value) & long.MaxValue / 16);
}
