namespace DeltaGlider.Vcdiff.Encode;

/// <summary>
/// The index of one source, built when it is first needed and once only. A build that is cancelled leaves
/// nothing behind; the next caller builds.
/// </summary>
internal sealed class SharedIndex(SourceBuffer source)
{
    private readonly object _building = new();
    private SourceIndex? _index;

    /// <summary>True once the index is there.</summary>
    public bool IsBuilt => Volatile.Read(ref _index) != null;

    public unsafe SourceIndex Get(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _index) is { } index) return index;
        lock (_building)
        {
            _index ??= SourceIndex.Build(source.Pointer, source.Length, cancellationToken);
            return _index;
        }
    }
}
