namespace DeltaGlider.Deep.Inflate;

/// <summary>How much deflate can shrink at the very most.</summary>
internal static class Inflation
{
    /// <summary>258 bytes for two bits.</summary>
    public const int MaxRatio = 1032;

    // The first bytes of a stream go for its codes.
    private const int Slack = 1024;

    /// <summary>The most bytes that a stream of <paramref name="length"/> bytes can hold.</summary>
    public static long MaxPlain(long length) => length > long.MaxValue / MaxRatio - Slack ? long.MaxValue : length * MaxRatio + Slack;
}
