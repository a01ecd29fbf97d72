using System.Diagnostics.CodeAnalysis;

namespace DeltaGlider.Core.Ports;

/// <summary>
/// One bound for everything that goes on at the same time: files, the parts of large ones, and the threads of the codec.
/// <para>
/// Who transfers a file waits for a lane and keeps it to the end. What would speed the file up (a second part, a second
/// request) takes another lane only if one is free, and does without it otherwise: so nobody who has a lane ever waits
/// for one, and no limit, be it 1, can bring the work to a standstill. Computing is bounded once more, by the number of
/// processors; who waits for one of those keeps its lane, and who has one waits for nothing else.
/// </para>
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore nobody has asked for its handle holds nothing to free.")]
public sealed class TransferGate
{
    /// <summary>The limit where nothing is said: as many as the AWS CLI and AWS.Tools allow.</summary>
    public const int DefaultLimit = 10;

    private readonly SemaphoreSlim _lanes;
    private readonly SemaphoreSlim _processors;

    /// <summary>Makes a gate.</summary>
    /// <param name="limit">How many lanes there are, 1 at least.</param>
    /// <param name="processors">How many of them may compute at once; 0 for as many as the machine has processors.</param>
    public TransferGate(int limit = DefaultLimit, int processors = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        Limit = limit;
        _lanes = new SemaphoreSlim(limit, limit);
        var computing = Math.Min(limit, processors > 0 ? processors : Environment.ProcessorCount);
        _processors = new SemaphoreSlim(computing, computing);
    }

    /// <summary>How many lanes there are.</summary>
    public int Limit { get; }

    /// <summary>How many lanes are in use.</summary>
    public int InUse => Limit - _lanes.CurrentCount;

    /// <summary>Waits for a lane for a file. Who has one must not ask for another in this way.</summary>
    public ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken) => EnterAsync(_lanes, cancellationToken);

    /// <summary>A further lane for a file that has one; null when none is free.</summary>
    public IDisposable? TryEnter() => TryEnter(_lanes);

    /// <summary>Waits for a processor.</summary>
    public ValueTask<IDisposable> EnterProcessorAsync(CancellationToken cancellationToken) => EnterAsync(_processors, cancellationToken);

    /// <summary>A further processor; null when none is free.</summary>
    public IDisposable? TryEnterProcessor() => TryEnter(_processors);

    private static async ValueTask<IDisposable> EnterAsync(SemaphoreSlim places, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Place(places);
    }

    private static Place? TryEnter(SemaphoreSlim places) => places.Wait(0, CancellationToken.None) ? new Place(places) : null;

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        private SemaphoreSlim? _places = places;

        public void Dispose() => Interlocked.Exchange(ref _places, null)?.Release();
    }
}
