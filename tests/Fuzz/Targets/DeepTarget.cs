using DeltaGlider.Deep;
using DeltaGlider.Fuzz.Corpus;
using DeltaGlider.Fuzz.Mutation;
using DeltaGlider.Fuzz.Run;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Fuzz.Targets;

/// <summary>Whole deep deltas through the decoder, under limits that are tight for this corpus.</summary>
internal sealed class DeepTarget : IFuzzTarget
{
    private static readonly DeepLimits Limits = new() { MaxImageBytes = 128 * 1024, MaxMembers = 200, MaxDeltaBytes = 256 * 1024, MaxTargetBytes = 128 * 1024 };

    private readonly IReadOnlyList<Seed> _seeds = DeepSeeds.Deltas();

    public string Name => "deep";

    public int Weight => 4;

    public FuzzInput Make(FuzzRandom random)
    {
        var seed = random.Pick(_seeds);
        var bytes = random.OneIn(3) ? seed.Delta : PlanMutator.Mutate(seed, random);
        if (ReferenceEquals(bytes, seed.Delta) || random.OneIn(4)) bytes = ByteMutator.Mutate(bytes, random.Pick(_seeds).Delta, random);
        return new FuzzInput(bytes, seed.Source, seed.Name);
    }

    public Outcome Execute(FuzzInput input, CancellationToken cancellationToken)
    {
        using var reference = SourceBuffer.CopyOf(input.Source);
        using var target = new BufferStream(0);
        try
        {
            using var delta = input.Bytes.Length % 8 == 1 ? new DribbleStream(input.Bytes, 1 + (input.Bytes.Length / 8 % 7)) : new MemoryStream(input.Bytes, writable: false);
            var written = new DeepDecoder(reference, Limits).DecodeAsync(delta, target, cancellationToken).AsTask().GetAwaiter().GetResult();
            if (written != target.Count) throw new FindException($"The result says {written} bytes, {target.Count} were written.");
            return new Outcome("ok", "", 0);
        }
        catch (DeepException exception)
        {
            if (exception.Offset < 0 || exception.Offset > input.Bytes.Length) throw new FindException($"The error names the offset {exception.Offset}.");
            if (target.Count > Limits.MaxTargetBytes) throw new FindException($"{target.Count} bytes were written.");
            return new Outcome("refused", exception.Reason, 0);
        }
    }

    public void Dispose()
    {
    }
}
