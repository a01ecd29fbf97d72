using DeltaGlider.Fuzz.Corpus;
using DeltaGlider.Fuzz.Mutation;
using DeltaGlider.Fuzz.Run;
using DeltaGlider.Vcdiff;
using DeltaGlider.Vcdiff.Secondary;

namespace DeltaGlider.Fuzz.Targets;

/// <summary>One secondary decompressor on its own, its input and its output in guarded memory.</summary>
internal sealed class SectionTarget(string name, byte id, SeedCorpus corpus) : IFuzzTarget
{
    private const int MaxPlain = 192 * 1024, MaxStored = 192 * 1024;
    private static readonly VcdiffLimits[] Limits = [.. new[] { 0, 1, 300, 4096, 64 * 1024, 1 << 20 }.Select(size => new VcdiffLimits { MaxDictionaryBytes = size })];

    private readonly List<List<SectionModel>> _seeds = corpus.SectionsOf(id);
    private readonly GuardedBuffer _stored = new(MaxStored);
    private readonly GuardedBuffer _plain = new(MaxPlain);

    public string Name => name;

    public int Weight => 4;

    public FuzzInput Make(FuzzRandom random)
    {
        if (_seeds.Count == 0 || random.OneIn(50)) return Input([new SectionModel(random.Next(2000), random.Bytes(random.Next(300)))]);
        List<SectionModel> sections = [.. random.Pick(_seeds)];
        var other = random.Pick(_seeds);
        for (var changes = 1 + random.Skewed(5); changes > 0 && sections.Count > 0; changes--) Change(sections, other, random);
        return Input(sections);
    }

    public Outcome Execute(FuzzInput input, CancellationToken cancellationToken)
    {
        var sections = SectionStream.Parse(input.Bytes);
        var limits = Limits[input.Bytes.Length % Limits.Length];
        using var decompressor = SecondaryCompressor.CreateDecompressor(id, limits)!;
        var done = 0;
        var outcome = new Outcome("ok", "", sections.Count);
        var managed = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            foreach (var section in sections)
            {
                var atEnd = section.Stored.Length % 4 != 0;
                var stored = _stored.Take(Math.Min(section.Stored.Length, MaxStored), atEnd);
                section.Stored.AsSpan(0, stored.Length).CopyTo(stored);
                if (section.PlainLength < 0) decompressor.PassPlain(stored, cancellationToken);
                else decompressor.Decompress(stored, _plain.Take(Math.Min(section.PlainLength, MaxPlain), atEnd), cancellationToken);
                done++;
            }
        }
        catch (InvalidDataException exception)
        {
            outcome = new Outcome("rejected", exception.Message, done);
        }
        managed = GC.GetAllocatedBytesForCurrentThread() - managed;
        if (managed > 128 * 1024 + (64L * 1024 * (done + 1))) throw new FindException($"{managed} bytes were allocated for {done} sections.");
        if (decompressor.NativeBytes > limits.MaxDictionaryBytes + (29 * 1024)) throw new FindException($"{decompressor.NativeBytes} bytes of native memory are in use.");
        if (!_stored.IsIntact() || !_plain.IsIntact()) throw new FindException("Bytes beyond a buffer were written.");
        return outcome;
    }

    public void Dispose()
    {
        _stored.Dispose();
        _plain.Dispose();
    }

    private FuzzInput Input(List<SectionModel> sections) => new(SectionStream.ToBytes(sections), [], name);

    private void Change(List<SectionModel> sections, List<SectionModel> other, FuzzRandom random)
    {
        var at = random.Next(sections.Count);
        var section = sections[at];
        switch (random.Next(10))
        {
            case 0: sections[at] = section with { PlainLength = (int)Math.Clamp(section.PlainLength + random.Next(-3, 4), 0, MaxPlain) }; break;
            case 1: sections[at] = section with { PlainLength = (int)Math.Clamp(random.Interesting(section.PlainLength), 0, MaxPlain) }; break;
            case 2: sections.RemoveAt(at); break;
            case 3: sections.Insert(random.Next(sections.Count + 1), section); break;
            case 4: sections.Insert(random.Next(sections.Count + 1), random.Pick(other)); break;
            case 5: sections[at] = new SectionModel(random.OneIn(3) ? -1 : section.PlainLength, random.Pick(other).Stored); break;
            case 6 or 7 when id == SecondaryCompressor.Lzma: sections[at] = section with { Stored = LzmaMutator.Mutate(section.Stored, random) }; break;
            default: sections[at] = section with { Stored = ByteMutator.Mutate(section.Stored, random.Pick(other).Stored, random) }; break;
        }
    }
}
