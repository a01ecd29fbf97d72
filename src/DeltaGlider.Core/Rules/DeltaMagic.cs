namespace DeltaGlider.Core.Rules;

/// <summary>What every VCDIFF delta starts with: RFC 3284 section 4.1.</summary>
public static class DeltaMagic
{
    /// <summary>How many bytes are looked at.</summary>
    public const int Length = 3;

    /// <summary>True for <c>D6 C3 C4</c>: "VCD" with the high bits set.</summary>
    public static bool Starts(ReadOnlySpan<byte> start) => start.StartsWith((ReadOnlySpan<byte>)[0xD6, 0xC3, 0xC4]);
}
