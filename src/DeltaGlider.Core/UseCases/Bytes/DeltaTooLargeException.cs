namespace DeltaGlider.Core.UseCases.Bytes;

/// <summary>Ends the encoding of a delta that is not worth having; never leaves this assembly.</summary>
internal sealed class DeltaTooLargeException : Exception;
