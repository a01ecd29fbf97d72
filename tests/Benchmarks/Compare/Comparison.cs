namespace DeltaGlider.Benchmarks.Compare;

/// <summary>Both codecs on one pair.</summary>
internal sealed record Comparison(Pair Pair, long ReferenceBytes, long TargetBytes, Figures Ours, Figures Xdelta)
{
    public double SizeRatio => Ratio(Ours.DeltaBytes, Xdelta.DeltaBytes);

    public double EncodeRatio => Ratio(Ours.EncodeSeconds, Xdelta.EncodeSeconds);

    public double DecodeRatio => Ratio(Ours.DecodeSeconds, Xdelta.DecodeSeconds);

    private static double Ratio(double ours, double theirs) => theirs > 0 ? ours / theirs : double.NaN;
}
