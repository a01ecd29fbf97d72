using DeltaGlider.Deep.Deflate;

namespace DeltaGlider.Deep.Images;

/// <summary>Does an encoder's work again and looks how far it is the stream's.</summary>
internal static class EncoderTrial
{
    private const int Step = 64 * 1024;

    /// <summary>The first of the encoders that makes the stream, or nearly all of it; null when none does.</summary>
    public static EncoderMatch? Find(
        IEnumerable<DeflateParameters> encoders, ReadOnlyMemory<byte> deflated, ReadOnlySpan<byte> plain, CancellationToken cancellationToken)
    {
        EncoderMatch? best = null;
        foreach (var encoder in encoders)
        {
            var kept = Run(encoder, deflated, plain, cancellationToken);
            if (kept == deflated.Length) return new EncoderMatch(encoder, kept);
            if (kept >= deflated.Length - ImageBuilder.MaxTail(deflated.Length) && kept > (best?.Kept ?? 0)) best = new EncoderMatch(encoder, kept);
        }

        return best;
    }

    private static long Run(DeflateParameters parameters, ReadOnlyMemory<byte> deflated, ReadOnlySpan<byte> plain, CancellationToken cancellationToken)
    {
        using var comparison = new Comparison(deflated);
        var encoder = new DeflateEncoder(parameters, comparison);
        while (!plain.IsEmpty && comparison.IsSame)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var piece = plain[..Math.Min(Step, plain.Length)];
            encoder.Append(piece);
            plain = plain[piece.Length..];
        }

        if (comparison.IsSame) encoder.Finish();
        // What an encoder makes beyond the stream's end is cut off as well as what is wrong.
        return comparison.Same;
    }

    private sealed class Comparison(ReadOnlyMemory<byte> expected) : WriteOnlyStream
    {
        public bool IsSame { get; private set; } = true;

        public int Same { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (!IsSame) return;
            var same = expected.Span[Same..].CommonPrefixLength(buffer);
            Same += same;
            IsSame = same == buffer.Length;
        }
    }
}
