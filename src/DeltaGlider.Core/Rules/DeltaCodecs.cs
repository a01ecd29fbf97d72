namespace DeltaGlider.Core.Rules;

/// <summary>What <c>dg-codec</c> says of how a delta is written.</summary>
public static class DeltaCodecs
{
    /// <summary>A deep delta, version 1. A VCDIFF delta says nothing.</summary>
    public const string Deep = "deep-1";

    /// <summary>True for a delta that this version reads.</summary>
    public static bool IsKnown(string? codec) => codec is null or Deep;
}
