using System.Text;
using DeltaGlider.Fuzz.Corpus;
using DeltaGlider.Fuzz.Mutation;
using DeltaGlider.Fuzz.Run;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Fuzz.Targets;

/// <summary>The reader of file names in the first bytes of a delta.</summary>
internal sealed class NamesTarget(SeedCorpus corpus) : IFuzzTarget
{
    private static readonly string[] Texts = ["a//b/", "t.tar/G/s.tar/G", "a/b/c/d/e/f/", "x/G/y/", "//////#", $"a//b/#{new string('0', 64)}", "#", "/G/"];

    private readonly GuardedBuffer _bytes = new(16 * 1024);

    public string Name => "names";

    public int Weight => 1;

    public FuzzInput Make(FuzzRandom random)
    {
        var seed = corpus.Pick(random).Delta;
        byte[] bytes = seed[..Math.Min(seed.Length, 1 + random.Next(200))];
        if (random.OneIn(2))
        {
            var text = ByteMutator.Mutate(Encoding.UTF8.GetBytes(random.Pick(Texts)), Encoding.UTF8.GetBytes(random.Pick(Texts)), random);
            bytes = [0xD6, 0xC3, 0xC4, 0, random.Pick<byte>([4, 5, 5, 7]), 2, .. Bytes.Varint(random.OneIn(3) ? random.Interesting(text.Length) : text.Length), .. text];
        }
        if (random.OneIn(2)) bytes = ByteMutator.Mutate(bytes, seed[..Math.Min(seed.Length, 300)], random);
        return new FuzzInput(bytes.Length > 16 * 1024 ? bytes[..(16 * 1024)] : bytes, [], "names");
    }

    public Outcome Execute(FuzzInput input, CancellationToken cancellationToken)
    {
        var start = _bytes.Take(input.Bytes.Length, atEnd: true);
        input.Bytes.CopyTo(start);
        var managed = GC.GetAllocatedBytesForCurrentThread();
        var names = XdeltaFileNames.TryRead(start);
        managed = GC.GetAllocatedBytesForCurrentThread() - managed;
        if (managed > 4096 + (48L * input.Bytes.Length)) throw new FindException($"{managed} bytes were allocated for {input.Bytes.Length} bytes.");
        return new Outcome(names is null ? "none" : "ok", names is { } read ? $"{read.TargetCompressor} {read.SourceCompressor}" : "", 0);
    }

    public void Dispose() => _bytes.Dispose();
}
