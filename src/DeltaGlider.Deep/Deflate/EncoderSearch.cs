using System.Buffers;

namespace DeltaGlider.Deep.Deflate;

/// <summary>
/// Finds out which encoder made a deflate stream, by doing its work again. Holds nothing between calls: streams may be
/// looked at in parallel.
/// </summary>
public static class EncoderSearch
{
    private const int Step = 64 * 1024;

    /// <summary>The first encoder that makes the whole stream, and is not too slow at it (<see cref="DeflateEncoder.IsTooSlow"/>); null when none does.</summary>
    /// <inheritdoc cref="FindNearest"/>
    public static DeflateParameters? Find(
        ReadOnlyMemory<byte> deflated, Stream content, EncoderQuery query, CancellationToken cancellationToken) =>
        FindNearest(deflated, content, query, cancellationToken) is { IsExact: true } match ? match.Encoder : null;

    /// <summary>The first encoder that makes the whole stream, or else the one that makes the most of its beginning.</summary>
    /// <param name="deflated">The stream from its first byte on.</param>
    /// <param name="content">What the stream inflates to, from the stream's start. It is read once for each encoder that is
    /// tried, mostly only its first bytes.</param>
    /// <param name="query">What is known beforehand.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Null when no encoder makes even one byte.</returns>
    public static EncoderMatch? FindNearest(
        ReadOnlyMemory<byte> deflated, Stream content, EncoderQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(query);
        EncoderMatch? nearest = null;
        var buffer = ArrayPool<byte>.Shared.Rent(Step);
        try
        {
            foreach (var encoder in InOrder(query.Hint))
            {
                content.Position = 0;
                var match = Try(encoder, deflated, content, query, buffer.AsSpan(0, Step), cancellationToken);
                if (match.IsExact) return match;
                if (match.EqualBytes > (nearest?.EqualBytes ?? 0)) nearest = match;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return nearest;
    }

    private static IEnumerable<DeflateParameters> InOrder(DeflateParameters? hint) =>
        hint is null ? DeflateEncoders.All : DeflateEncoders.All.Where(other => other.Number != hint.Number).Prepend(hint);

    private static EncoderMatch Try(
        DeflateParameters parameters, ReadOnlyMemory<byte> deflated, Stream content, EncoderQuery query, Span<byte> buffer, CancellationToken cancellationToken)
    {
        using var comparison = new ComparingStream(deflated, mayGoOn: !query.IsWhole || !query.EndsWithStream);
        var encoder = new DeflateEncoder(parameters, comparison);
        // Nearly every wrong encoder shows in its first block.
        while (comparison.IsSame && !encoder.IsTooSlow)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (count == 0) break;
            encoder.Append(buffer[..count]);
        }

        if (query.IsWhole && comparison.IsSame && !encoder.IsTooSlow) encoder.Finish();
        return new EncoderMatch(parameters, comparison.Equal, comparison is { IsComplete: true, Equal: > 0 } && !encoder.IsTooSlow);
    }
}
