using System.Diagnostics;
using DeltaGlider.Fuzz.Corpus;
using DeltaGlider.Fuzz.Targets;

namespace DeltaGlider.Fuzz.Run;

/// <summary>One thread that makes inputs and executes them. Another one watches how long it takes.</summary>
internal sealed class Worker : IDisposable
{
    private readonly FuzzOptions _options;
    private readonly IReadOnlyList<IFuzzTarget> _targets;
    private readonly FuzzRandom _random = new(0, 0);
    private readonly LastInput? _last;
    private readonly Lock _watch = new();
    private CancellationTokenSource _cancellation = new();
    private (IFuzzTarget Target, FuzzInput Input, long Execution, long Started)? _running;

    public Worker(FuzzOptions options, SeedCorpus corpus, int number)
    {
        _options = options;
        _targets = FuzzTargets.Create(corpus, options.Target);
        if (options.Keep is { } folder) _last = new LastInput(folder, number);
        Tallies = _targets.ToDictionary(target => target.Name, _ => new Tally());
    }

    public Dictionary<string, Tally> Tallies { get; }

    /// <summary>Executes what <paramref name="takeNumber"/> hands out until it hands out -1.</summary>
    public void Run(Func<long> takeNumber, Func<string, bool> isKnown, Action<Find> found)
    {
        var weights = _targets.Sum(target => target.Weight);
        for (var number = takeNumber(); number >= 0; number = takeNumber())
        {
            _random.Reset(_options.Seed, number);
            var chosen = _random.Next(weights);
            var target = _targets.First(one => (chosen -= one.Weight) < 0);
            Execute(target, target.Make(_random), number, isKnown, found);
        }
    }

    private void Execute(IFuzzTarget target, FuzzInput input, long number, Func<string, bool> isKnown, Action<Find> found)
    {
        _last?.Set(number, input.Bytes);
        lock (_watch) _running = (target, input, number, Stopwatch.GetTimestamp());
        try
        {
            Tallies[target.Name].Add(target.Execute(input, _cancellation.Token));
        }
        catch (OperationCanceledException)
        {
            found(new Find(target.Name, number, $"{target.Name}: too slow", $"It was not done after {_options.TimeoutSeconds} s.", input));
        }
        catch (Exception exception)
        {
            var signature = Find.SignatureOf(target.Name, exception);
            lock (_watch) _running = null;
            if (!isKnown(signature)) found(new Find(target.Name, number, signature, exception.ToString(), Minimiser.Minimise(target, input, signature)));
        }
        lock (_watch)
        {
            _running = null;
            if (!_cancellation.IsCancellationRequested) return;
            _cancellation.Dispose();
            _cancellation = new CancellationTokenSource();
        }
    }

    /// <summary>Asks an execution that takes too long to stop; the find when it does not do so either.</summary>
    public Find? Watch()
    {
        lock (_watch)
        {
            if (_running is not var (target, input, number, started)) return null;
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            if (seconds < _options.TimeoutSeconds) return null;
            _cancellation.Cancel();
            return seconds < 3 * _options.TimeoutSeconds ? null
                : new Find(target.Name, number, $"{target.Name}: hangs", $"It was not done after {seconds:F0} s, and did not stop when it was asked to.", input);
        }
    }

    public void Dispose()
    {
        foreach (var target in _targets) target.Dispose();
        _cancellation.Dispose();
        _last?.Dispose();
    }
}
