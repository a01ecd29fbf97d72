namespace DeltaGlider.Core.Rules;

/// <summary>What every delta starts with: of VCDIFF (RFC 3284 section 4.1), and of deep deltas.</summary>
public static class DeltaMagic
{
    /// <summary>How many bytes are looked at.</summary>
    public const int Length = 7;

    /// <summary>True for <c>D6 C3 C4</c>, "VCD" with the high bits set, and for a deep delta of any version.</summary>
    public static bool Starts(ReadOnlySpan<byte> start) =>
        start.StartsWith((ReadOnlySpan<byte>)[0xD6, 0xC3, 0xC4]) || start.StartsWith((ReadOnlySpan<byte>)[0xDE, (byte)'D', (byte)'G', (byte)'D', 0x0D, 0x0A, 0x1A]);
}
