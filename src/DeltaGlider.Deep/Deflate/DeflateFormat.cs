using System.Numerics;

namespace DeltaGlider.Deep.Deflate;

/// <summary>RFC 1951's numbers: how lengths and distances fall into codes.</summary>
internal static class DeflateFormat
{
    public const int MinMatch = 3;
    public const int MaxMatch = 258;
    public const int EndOfBlock = 256;
    public const int FirstLengthCode = 257;
    public const int LiteralCodes = 286;
    public const int DistanceCodes = 30;
    public const int LengthCodes = 19;

    /// <summary>The order in which the lengths of the code length code are sent.</summary>
    public static ReadOnlySpan<byte> LengthCodeOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>The code, counted from 0, of a match length less 3.</summary>
    public static int LengthCode(int length)
    {
        if (length < 8) return length;
        if (length == MaxMatch - MinMatch) return 28;
        var log = BitOperations.Log2((uint)length);
        return (log - 1) * 4 + (length >> log - 2 & 3);
    }

    public static int LengthExtraBits(int code) => code is < 8 or 28 ? 0 : code / 4 - 1;

    /// <summary>The smallest match length less 3 of a code.</summary>
    public static int LengthBase(int code) => code switch
    {
        < 8 => code,
        28 => MaxMatch - MinMatch,
        _ => 4 + (code & 3) << code / 4 - 1,
    };

    /// <summary>The code of a distance less 1.</summary>
    public static int DistanceCode(int distance)
    {
        if (distance < 4) return distance;
        var log = BitOperations.Log2((uint)distance);
        return log * 2 + (distance >> log - 1 & 1);
    }

    public static int DistanceExtraBits(int code) => code < 4 ? 0 : code / 2 - 1;

    /// <summary>The smallest distance less 1 of a code.</summary>
    public static int DistanceBase(int code) => code < 4 ? code : 2 + (code & 1) << code / 2 - 1;
}
