namespace DeltaGlider.Fuzz.Run;

/// <summary>What is executed: the bytes that were mutated, and the reference that stays as it is.</summary>
internal sealed record FuzzInput(byte[] Bytes, byte[] Source, string From);
