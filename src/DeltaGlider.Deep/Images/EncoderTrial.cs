using DeltaGlider.Deep.Deflate;

namespace DeltaGlider.Deep.Images;

/// <summary>Tries a few encoders, in the order in which they are likely, on a stream of which all is in memory.</summary>
internal static class EncoderTrial
{
    /// <summary>After so many bytes of content each time it is looked whether the encoder is too slow: by its reader too.</summary>
    public const int Step = 64 * 1024;

    /// <summary>The first of the encoders that makes the stream, or the one that makes nearly all of it; null when none does.</summary>
    public static EncoderMatch? Find(
        IEnumerable<DeflateParameters> encoders, ReadOnlyMemory<byte> deflated, ReadOnlySpan<byte> plain, CancellationToken cancellationToken)
    {
        EncoderMatch? best = null;
        foreach (var encoder in encoders)
        {
            var match = Run(encoder, deflated, plain, cancellationToken);
            if (match.IsExact) return match;
            if (match.EqualBytes >= deflated.Length - ImageBuilder.MaxTail(deflated.Length) && match.EqualBytes > (best?.EqualBytes ?? 0)) best = match;
        }

        return best;
    }

    private static EncoderMatch Run(DeflateParameters parameters, ReadOnlyMemory<byte> deflated, ReadOnlySpan<byte> plain, CancellationToken cancellationToken)
    {
        using var comparison = new ComparingStream(deflated, mayGoOn: false);
        var encoder = new DeflateEncoder(parameters, comparison);
        while (!plain.IsEmpty && comparison.IsSame && !encoder.IsTooSlow)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var piece = plain[..Math.Min(Step, plain.Length)];
            encoder.Append(piece);
            plain = plain[piece.Length..];
        }

        // What would keep every reader busy stays compressed.
        if (encoder.IsTooSlow) return new EncoderMatch(parameters, 0, IsExact: false);
        if (comparison.IsSame) encoder.Finish();
        return new EncoderMatch(parameters, comparison.Equal, comparison.IsComplete);
    }
}
