using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Deep.Difference;

/// <summary>
/// A difference, sorted by kind so that each compresses well: where the covers lie, which of their bytes are wrong, by how
/// much, and what no cover has.
/// </summary>
internal sealed class DifferenceColumns : IDisposable
{
    /// <summary>How many columns there are.</summary>
    public const int Count = 4;

    /// <summary>Per cover: bytes before it that no cover has, how its diagonal differs from the last one's, its length.</summary>
    public NativeBuffer Covers { get; } = new();

    /// <summary>In each cover by turns: how many bytes are right, how many are listed with what is wrong with them.</summary>
    public NativeBuffer Runs { get; } = new();

    /// <summary>Target byte less source byte.</summary>
    public NativeBuffer Differences { get; } = new();

    /// <summary>Bytes outside every cover.</summary>
    public NativeBuffer Literals { get; } = new();

    public void Dispose()
    {
        Covers.Dispose();
        Runs.Dispose();
        Differences.Dispose();
        Literals.Dispose();
    }
}
