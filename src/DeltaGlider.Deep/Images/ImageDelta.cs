using DeltaGlider.Deep.Container;
using DeltaGlider.Deep.Difference;
using DeltaGlider.Vcdiff;
using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Deep.Images;

/// <summary>Makes the delta between two images both ways and keeps the smaller one.</summary>
internal static class ImageDelta
{
    /// <param name="source">The old image.</param>
    /// <param name="target">The new image.</param>
    /// <param name="options">How to go about it.</param>
    /// <param name="output">Where the delta is appended.</param>
    /// <param name="cancellationToken">Ends the encode.</param>
    /// <returns>What kind it is, and how large each would be.</returns>
    public static async ValueTask<(ImageDeltaKind Kind, long VcdiffBytes, long DifferenceBytes)> AppendAsync(
        SourceBuffer source, SourceBuffer target, DeepOptions options, NativeBuffer output, CancellationToken cancellationToken)
    {
        var encoder = new VcdiffEncoder(source, new VcdiffEncoderOptions { Level = VcdiffLevel.Best, Checksum = false, DegreeOfParallelism = options.DegreeOfParallelism });
        using var vcdiff = new BufferStream();
        using (var reading = target.OpenRead()) await encoder.EncodeAsync(reading, vcdiff, cancellationToken).ConfigureAwait(false);

        using var difference = new NativeBuffer();
        var tableBytes = Math.Max(MinTable, options.MaxMemoryBytes - source.Length - target.Length);
        await Task.Run(
            () => DifferenceEncoder.Encode(source, target, encoder.IndexFor(cancellationToken), tableBytes, difference, cancellationToken), cancellationToken).ConfigureAwait(false);

        var isDifference = difference.Length < vcdiff.Bytes.Length;
        output.Append((isDifference ? difference : vcdiff.Bytes).Span);
        return (isDifference ? ImageDeltaKind.Difference : ImageDeltaKind.Vcdiff, vcdiff.Count, difference.Length);
    }

    private const long MinTable = 32 << 20;
}
