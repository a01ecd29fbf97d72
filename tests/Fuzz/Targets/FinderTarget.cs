using DeltaGlider.Deep.Finding;
using DeltaGlider.Fuzz.Corpus;
using DeltaGlider.Fuzz.Mutation;
using DeltaGlider.Fuzz.Run;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Fuzz.Targets;

/// <summary>The finder of members: whatever an archive says, they lie within it, in order and apart.</summary>
internal sealed class FinderTarget : IFuzzTarget
{
    private readonly IReadOnlyList<byte[]> _seeds = DeepSeeds.Archives();

    public string Name => "finder";

    public int Weight => 3;

    public FuzzInput Make(FuzzRandom random)
    {
        byte[] bytes = [.. random.Pick(_seeds)];
        // The directory is at the end, and every field of it matters.
        for (var changes = random.Skewed(4); changes > 0; changes--) bytes[bytes.Length - 1 - random.Next(Math.Min(bytes.Length, 400))] = random.OneIn(2) ? random.Byte() : random.Pick<byte>([0, 1, 0x7F, 0xFF]);
        return new FuzzInput(random.OneIn(2) ? ByteMutator.Mutate(bytes, random.Pick(_seeds), random) : bytes, [], "finder");
    }

    public Outcome Execute(FuzzInput input, CancellationToken cancellationToken)
    {
        using var file = SourceBuffer.CopyOf(input.Bytes);
        var found = StreamFinder.Find(file, 1 << 20, cancellationToken);
        long end = 0;
        foreach (var stream in found)
        {
            if (stream.Length <= 0 || stream.Offset < end || stream.End > input.Bytes.Length) throw new FindException("A member lies outside the file or in another one.");
            if (stream.PlainLength < 0) throw new FindException("A member holds less than nothing.");
            end = stream.End;
        }

        return new Outcome(found.IsEmpty ? "none" : "ok", "", found.Length);
    }

    public void Dispose()
    {
    }
}
