namespace DeltaGlider.Deep.Container;

/// <summary>How the delta between the images is written. The numbers are the format's.</summary>
internal enum ImageDeltaKind : byte
{
    /// <summary>RFC 3284, as in a plain delta.</summary>
    Vcdiff = 0,

    /// <summary>Covers and differences.</summary>
    Difference = 1,
}
