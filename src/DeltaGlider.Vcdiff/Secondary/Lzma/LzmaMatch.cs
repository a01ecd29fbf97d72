namespace DeltaGlider.Vcdiff.Secondary.Lzma;

/// <summary>An earlier occurrence; a distance of 0 is the byte before.</summary>
internal readonly record struct LzmaMatch(int Length, uint Distance);
