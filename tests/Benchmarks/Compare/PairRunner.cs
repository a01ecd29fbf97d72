using DeltaGlider.Vcdiff;

namespace DeltaGlider.Benchmarks.Compare;

/// <summary>Runs both codecs on a pair and checks every result byte for byte, each delta of ours also by xdelta3.</summary>
internal sealed class PairRunner : IDisposable
{
    private readonly string _xdelta;
    private readonly int _runs;
    private readonly VcdiffLevel _level;
    private readonly string _folder = Directory.CreateTempSubdirectory("deltaglider-compare-").FullName;

    public PairRunner(string xdelta, int runs, VcdiffLevel level)
    {
        _xdelta = xdelta;
        _runs = runs;
        _level = level;
    }

    public async Task<Comparison> RunAsync(Pair pair) =>
        new(pair, new FileInfo(pair.Reference).Length, new FileInfo(pair.Target).Length, await OursAsync(pair), await XdeltaAsync(pair));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<Figures> OursAsync(Pair pair)
    {
        var delta = In("ours.delta");
        var restored = In("ours.out");
        var encode = await CpuClock.MedianAsync(_runs, () => OurCodec.EncodeAsync(pair.Reference, pair.Target, delta, new VcdiffEncoderOptions { Level = _level }));
        var decode = await CpuClock.MedianAsync(_runs, () => OurCodec.DecodeAsync(pair.Reference, delta, restored));
        EnsureSame(pair, restored, "our delta by our decoder");

        var byXdelta = In("ours.xdelta.out");
        await ChildProcess.RunAsync(_xdelta, "-d", "-f", "-s", pair.Reference, delta, byXdelta);
        EnsureSame(pair, byXdelta, "our delta by xdelta3");

        var encodePeak = await Worker.StartAsync("encode", pair.Reference, pair.Target, In("worker.delta"), _level.ToString());
        var decodePeak = await Worker.StartAsync("decode", pair.Reference, delta, In("worker.out"));
        return new Figures(new FileInfo(delta).Length, encode, decode, encodePeak.PeakBytes, decodePeak.PeakBytes);
    }

    private async Task<Figures> XdeltaAsync(Pair pair)
    {
        var delta = In("xdelta.delta");
        var restored = In("xdelta.out");
        var encode = await MedianAsync("-e", "-9", "-D", "-f", "-s", pair.Reference, pair.Target, delta);
        var decode = await MedianAsync("-d", "-D", "-f", "-s", pair.Reference, delta, restored);
        EnsureSame(pair, restored, "xdelta3's delta by xdelta3");
        var byUs = In("xdelta.ours.out");
        await OurCodec.DecodeAsync(pair.Reference, delta, byUs);
        EnsureSame(pair, byUs, "xdelta3's delta by our decoder");
        return new Figures(new FileInfo(delta).Length, encode.Seconds, decode.Seconds, encode.PeakBytes, decode.PeakBytes);
    }

    /// <summary>The median of as many runs as ours has, but of one when a run takes long: then it is hardly off.</summary>
    private async Task<(double Seconds, long PeakBytes)> MedianAsync(params string[] arguments)
    {
        const double Long = 5;
        var runs = new List<(double Seconds, long PeakBytes)>();
        do runs.Add(await ChildProcess.RunAsync(_xdelta, arguments));
        while (runs.Count < _runs && runs[0].Seconds < Long);
        return (CpuClock.Median(runs.Select(run => run.Seconds)), runs.Max(run => run.PeakBytes));
    }

    private string In(string name) => Path.Combine(_folder, name);

    private static void EnsureSame(Pair pair, string restored, string what)
    {
        using var left = File.OpenRead(pair.Target);
        using var right = File.OpenRead(restored);
        var same = left.Length == right.Length;
        var (a, b) = (new byte[1 << 16], new byte[1 << 16]);
        for (int read; same && (read = left.ReadAtLeast(a, a.Length, throwOnEndOfStream: false)) > 0;)
        {
            right.ReadExactly(b.AsSpan(0, read));
            same = a.AsSpan(0, read).SequenceEqual(b.AsSpan(0, read));
        }

        if (!same) throw new InvalidOperationException($"{pair.Name}: {what} is not the target.");
    }
}
