namespace DeltaGlider.Deep.Container;

/// <summary>The numbers of the container.</summary>
/// <remarks>
/// Magic (8 bytes); SHA-256 of the reference and of the target (32 each); then integers in base 128 as in RFC 3284 2:
/// length of the reference, of the target, of the plan unpacked and packed; the plan; the kind of the delta between the
/// images (1 byte); that delta, to the end.
/// </remarks>
public static class ContainerFormat
{
    /// <summary>What every deep delta starts with: not text, and no VCDIFF.</summary>
    public static ReadOnlySpan<byte> Magic => [0xDE, (byte)'D', (byte)'G', (byte)'D', 0x0D, 0x0A, 0x1A, 1];

    /// <summary>How many bytes <see cref="IsDeep"/> needs.</summary>
    public const int MagicLength = 8;

    internal const int HashLength = 32;

    /// <summary>The most bytes before the plan.</summary>
    internal const int MaxHeader = MagicLength + 2 * HashLength + 4 * Vcdiff.Format.Varint.MaxLength;

    /// <summary>More than any plan takes that names as many members as are allowed.</summary>
    internal const int MaxPlanBytes = 64 << 20;

    /// <summary>True when the bytes are the start of a deep delta of the version that is read here.</summary>
    public static bool IsDeep(ReadOnlySpan<byte> start) => start.StartsWith(Magic);
}
