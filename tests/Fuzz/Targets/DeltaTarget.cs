using DeltaGlider.Fuzz.Corpus;
using DeltaGlider.Fuzz.Mutation;
using DeltaGlider.Fuzz.Run;
using DeltaGlider.Vcdiff;
using DeltaGlider.Vcdiff.Decode;

namespace DeltaGlider.Fuzz.Targets;

/// <summary>Whole deltas through the decoder, under limits that are tight for this corpus.</summary>
internal sealed class DeltaTarget(SeedCorpus corpus) : IFuzzTarget
{
    private static readonly VcdiffLimits Limits = new()
    {
        MaxWindowBytes = 512 * 1024,
        MaxSectionBytes = 384 * 1024,
        MaxHistoryBytes = 128 * 1024,
        MaxTotalHistoryBytes = 512 * 1024,
        MaxDictionaryBytes = 64 * 1024,
        MaxApplicationHeaderBytes = 4096,
        MaxTargetBytes = 384 * 1024,
        MaxDeltaBytes = 512 * 1024,
    };

    private readonly BoundedTarget _target = new(Limits);
    private readonly Dictionary<byte[], SourceBuffer> _sources = [];

    public string Name => "delta";

    public int Weight => 8;

    public FuzzInput Make(FuzzRandom random)
    {
        var seed = corpus.Pick(random);
        var other = corpus.Pick(random);
        byte[] bytes;
        if (seed.Model is { } model && !random.OneIn(4))
        {
            bytes = StructureMutator.Mutate(model, other.Model ?? model, random);
            if (random.OneIn(6)) bytes = ByteMutator.Mutate(bytes, other.Delta, random);
        }
        else
        {
            bytes = ByteMutator.Mutate(seed.Delta, other.Delta, random);
        }
        return new FuzzInput(bytes, seed.Source, seed.Name);
    }

    public Outcome Execute(FuzzInput input, CancellationToken cancellationToken)
    {
        var source = SourceOf(input.Source);
        _target.Restart(readable: input.Bytes.Length % 4 != 0);
        using var delta = input.Bytes.Length % 8 == 1 ? new DribbleStream(input.Bytes, 1 + (input.Bytes.Length / 8 % 7)) : new MemoryStream(input.Bytes, writable: false);
        using var lease = source.Lease();
        var managed = GC.GetAllocatedBytesForCurrentThread();
        using var decoding = new DeltaDecoding(source, Limits, delta, _target);
        var outcome = Decode(decoding, input, cancellationToken);
        managed = GC.GetAllocatedBytesForCurrentThread() - managed;
        Check(input, outcome, managed, decoding.NativeBytes);
        return outcome;
    }

    public void Dispose()
    {
        foreach (var source in _sources.Values) source.Dispose();
        _target.Dispose();
    }

    private Outcome Decode(DeltaDecoding decoding, FuzzInput input, CancellationToken cancellationToken)
    {
        try
        {
            var running = decoding.RunAsync(cancellationToken);
            if (!running.IsCompleted) throw new FindException("The decoder waits although nothing it uses does.");
            var result = running.GetAwaiter().GetResult();
            if (result.TargetBytes != _target.Written) throw new FindException($"The result says {result.TargetBytes} bytes, {_target.Written} were written.");
            if (result.DeltaBytes != input.Bytes.Length) throw new FindException($"The result says {result.DeltaBytes} bytes of delta, there are {input.Bytes.Length}.");
            return new Outcome("ok", "", result.Windows);
        }
        catch (VcdiffException exception)
        {
            if (exception.Offset < 0 || exception.Offset > input.Bytes.Length) throw new FindException($"The error names the offset {exception.Offset}.");
            if (exception.Window < -1 || exception.Window > input.Bytes.Length) throw new FindException($"The error names the window {exception.Window}.");
            return new Outcome(exception.Kind.ToString(), exception.Message, exception.Window + 1);
        }
    }

    private static void Check(FuzzInput input, Outcome outcome, long managed, long native)
    {
        const long Fixed = 160 * 1024, PerWindow = 64 * 1024;
        var managedLimit = Limits.MaxApplicationHeaderBytes + Fixed + ((outcome.Windows + 1) * PerWindow);
        if (managed > managedLimit) throw new FindException($"{managed} bytes were allocated for {input.Bytes.Length} bytes of delta and {outcome.Windows} windows.");
        long nativeLimit = Limits.MaxWindowBytes + Limits.MaxHistoryBytes + (3 * ((2L * Limits.MaxSectionBytes) + Limits.MaxDictionaryBytes)) + Fixed;
        if (native > nativeLimit) throw new FindException($"{native} bytes of native memory were in use; the limits make {nativeLimit}.");
    }

    private SourceBuffer SourceOf(byte[] bytes)
    {
        if (_sources.TryGetValue(bytes, out var source)) return source;
        return _sources[bytes] = SourceBuffer.CopyOf(bytes);
    }
}
