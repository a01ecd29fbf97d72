namespace DeltaGlider.Fuzz.Corpus;

/// <summary>One section as a decompressor gets it: the size it is to decode to, or -1 for one left plain; and the bytes.</summary>
internal sealed record SectionModel(int PlainLength, byte[] Stored);
