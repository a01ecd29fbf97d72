namespace DeltaGlider.Deep.Container;

/// <summary>What a deep delta says of the files it is between.</summary>
internal sealed record DeepHeader(ReadOnlyMemory<byte> ReferenceSha256, ReadOnlyMemory<byte> TargetSha256, long ReferenceLength, long TargetLength);
