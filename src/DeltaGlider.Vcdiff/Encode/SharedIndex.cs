namespace DeltaGlider.Vcdiff.Encode;

/// <summary>
/// The indexes of one source, each built when it is first needed and once only: one of every few bytes, and for a
/// large source one of few places, which is enough to find what moved as a whole and is soon built. A build that is
/// cancelled leaves nothing behind; the next caller builds.
/// </summary>
internal sealed class SharedIndex(SourceBuffer source)
{
    /// <summary>A smaller source is indexed in no time.</summary>
    private const long LargeSource = 1 << 20;

    private readonly object _building = new();
    private SourceIndex? _full, _sparse;

    /// <summary>True once there is an index.</summary>
    public bool IsBuilt => IsFull || Volatile.Read(ref _sparse) != null;

    /// <summary>True once the full index is there.</summary>
    public bool IsFull => Volatile.Read(ref _full) != null;

    /// <summary>Whether the sparse index is worth a look before the full one is built.</summary>
    public bool HasSparse => source.Length >= LargeSource;

    /// <summary>The index that knows all but the shortest copies.</summary>
    public SourceIndex Full(CancellationToken cancellationToken) => Get(ref _full, SourceIndex.MinStep, SourceIndex.MaxBlocks, cancellationToken);

    /// <summary>The index that knows long copies only.</summary>
    public SourceIndex Sparse(CancellationToken cancellationToken) =>
        Get(ref _sparse, SourceIndex.MinSparseStep, SourceIndex.MaxSparseBlocks, cancellationToken);

    private unsafe SourceIndex Get(ref SourceIndex? built, int minStep, long maxBlocks, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref built) is { } index) return index;
        lock (_building)
        {
            built ??= SourceIndex.Build(source.Pointer, source.Length, minStep, maxBlocks, cancellationToken);
            return built;
        }
    }
}
