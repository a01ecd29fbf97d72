namespace DeltaGlider.Deep;

/// <summary>How the work of an encode is shared out, roughly.</summary>
internal static class DeepProgress
{
    public const double AfterPlain = 0.1;
    public const double AfterStreams = 0.5;
    public const double AfterImages = 0.8;

    /// <summary>Turns compressed bytes that are dealt with into a share of the whole.</summary>
    public static Action<long>? OfStreams(Action<double>? report, long length)
    {
        if (report is null) return null;
        long done = 0;
        return bytes =>
        {
            done += bytes;
            report(AfterPlain + (AfterStreams - AfterPlain) * Math.Min(1, done / (double)Math.Max(1, length)));
        };
    }
}
