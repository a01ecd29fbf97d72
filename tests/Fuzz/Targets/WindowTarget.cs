using DeltaGlider.Fuzz.Corpus;
using DeltaGlider.Fuzz.Mutation;
using DeltaGlider.Fuzz.Run;
using DeltaGlider.Vcdiff;
using DeltaGlider.Vcdiff.Decode;
using DeltaGlider.Vcdiff.Format;

namespace DeltaGlider.Fuzz.Targets;

/// <summary>
/// The executor of plain windows in guarded memory, its result compared with that of <see cref="NaiveWindow"/>.
/// </summary>
internal sealed class WindowTarget(SeedCorpus corpus) : IFuzzTarget
{
    private const int MaxSegment = 320 * 1024, MaxWindow = 128 * 1024, MaxSection = 192 * 1024;

    private readonly GuardedBuffer _segment = new(MaxSegment);
    private readonly GuardedBuffer _window = new(MaxWindow);
    private readonly GuardedBuffer[] _sections = [new(MaxSection), new(MaxSection), new(MaxSection)];
    private readonly AddressCache _cache = new();
    private readonly List<Seed> _seeds = [.. corpus.Seeds.Where(seed => seed.Model is { } model && model.Windows.Exists(Fits))];

    public string Name => "window";

    public int Weight => 4;

    public FuzzInput Make(FuzzRandom random)
    {
        var seed = random.Pick(_seeds);
        var one = new DeltaModel();
        one.Windows.Add(random.Pick(seed.Model!.Windows.FindAll(Fits)).Clone());
        var window = one.Windows[0];
        window.Indicator &= unchecked((byte)~DeltaHeader.Checksum);
        for (var changes = random.Skewed(6); changes > 0; changes--) InstructionMutator.Insert(window, random);
        return new FuzzInput(random.OneIn(3) ? one.ToBytes() : StructureMutator.Mutate(one, random.Pick(_seeds).Model!, random), seed.Source, seed.Name);
    }

    public Outcome Execute(FuzzInput input, CancellationToken cancellationToken)
    {
        if (DeltaModel.TryParse(input.Bytes) is not { } delta) return new Outcome("skipped", "", 0);
        var done = 0;
        foreach (var window in delta.Windows)
        {
            if (!Fits(window)) continue;
            // A segment that the reference does not have is made up: the executor is only given ones that exist.
            var length = window.HasSegment ? (int)window.SegmentLength : 0;
            var segment = _segment.Take(length, atEnd: length % 4 != 0);
            for (var at = 0; at < length; at++) segment[at] = (byte)(at * 7);
            if (window.SegmentOffset < input.Source.Length)
                input.Source.AsSpan((int)window.SegmentOffset, (int)Math.Min(length, input.Source.Length - window.SegmentOffset)).CopyTo(segment);
            if (Run(window, length, cancellationToken) is { } rejected) return rejected with { Windows = done };
            done++;
        }
        return new Outcome("ok", "", done);
    }

    public void Dispose()
    {
        _segment.Dispose();
        _window.Dispose();
        foreach (var section in _sections) section.Dispose();
    }

    private static bool Fits(WindowModel window) =>
        window.DeltaIndicator == 0 && window.TargetLength <= MaxWindow && window.SegmentLength <= MaxSegment
        && Array.TrueForAll(window.Sections, section => section.Length <= MaxSection);

    private unsafe Outcome? Run(WindowModel window, int segmentLength, CancellationToken cancellationToken)
    {
        var segment = new ReadOnlySpan<byte>(_segment.Pointer, segmentLength).ToArray();
        var length = (int)window.TargetLength;
        var expected = new NaiveWindow(segment, window.Sections[0], window.Sections[1], window.Sections[2], length).Run();
        var target = _window.Take(length, atEnd: window.Sections[1].Length % 4 != 0);
        try
        {
            new WindowExecutor(_segment.Pointer, segmentLength, _window.Pointer, length, Fill(window, 0), Fill(window, 1), Fill(window, 2), _cache).Run(cancellationToken);
        }
        catch (VcdiffException exception)
        {
            if (expected is not null) throw new FindException($"A valid window is refused: {exception.Message}");
            return new Outcome(exception.Kind.ToString(), exception.Message, 0);
        }
        if (expected is null) throw new FindException("A window that is not valid is accepted.");
        if (!target.SequenceEqual(expected)) throw new FindException("A window decodes to the wrong bytes.");
        if (!_segment.IsIntact() || !_window.IsIntact()) throw new FindException("Bytes beyond a buffer were written.");
        return null;
    }

    private unsafe SectionCursor Fill(WindowModel window, int kind)
    {
        var bytes = window.Sections[kind];
        bytes.CopyTo(_sections[kind].Take(bytes.Length, atEnd: true));
        return new SectionCursor(_sections[kind].Pointer, bytes.Length, 0, isStored: true, 0);
    }
}
