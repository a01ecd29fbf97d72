namespace DeltaGlider.Fuzz.Run;

/// <summary>An execution that ended in a way that is not allowed, other than by an exception of its own.</summary>
internal sealed class FindException(string message) : Exception(message);
