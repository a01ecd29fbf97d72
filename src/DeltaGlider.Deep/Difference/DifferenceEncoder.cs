using DeltaGlider.Deep.Coding;
using DeltaGlider.Vcdiff;
using DeltaGlider.Vcdiff.Encode;
using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Deep.Difference;

/// <summary>
/// Writes a target as differences to a source. Good for programs: what moves a little changes every address in them, so
/// that few bytes are wrong everywhere, and wrong in the same ways.
/// </summary>
internal static class DifferenceEncoder
{
    /// <summary>Appends the difference. The same bytes in give the same bytes out.</summary>
    /// <param name="source">The old image.</param>
    /// <param name="target">The new image.</param>
    /// <param name="index">The index over the old image.</param>
    /// <param name="maxTableBytes">The most memory for a second index.</param>
    /// <param name="output">Where the difference goes.</param>
    /// <param name="cancellationToken">Ends the encode.</param>
    public static unsafe void Encode(
        SourceBuffer source, SourceBuffer target, SourceIndex index, long maxTableBytes, NativeBuffer output, CancellationToken cancellationToken)
    {
        using var sourceLease = source.Lease();
        using var targetLease = target.Lease();
        using var columns = new DifferenceColumns();
        using (var covers = new NativeList<Cover>())
        {
            using (var seeds = SeedTable.Build(source.Pointer, source.Length, maxTableBytes, cancellationToken))
                new CoverFinder(source.Pointer, source.Length, target.Pointer, target.Length, index, seeds).Find(covers, cancellationToken);
            new DifferenceWriter(source.Pointer, target.Pointer, columns).Write(covers, target.Length, cancellationToken);
        }

        using var packed = new NativeBuffer();
        foreach (var (column, effort) in new[]
        {
            (columns.Covers, PackedWriter.ForNumbers), (columns.Runs, PackedWriter.ForNumbers),
            (columns.Differences, PackedWriter.ForDifferences), (columns.Literals, PackedWriter.ForLiterals),
        })
        {
            var start = packed.Length;
            PackedWriter.Append(packed, column.Span, effort, cancellationToken);
            output.AppendVarint(column.Length);
            output.AppendVarint(packed.Length - start);
        }

        output.Append(packed.Span);
    }
}
