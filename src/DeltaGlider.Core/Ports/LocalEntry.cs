using DeltaGlider.Core.Errors;

namespace DeltaGlider.Core.Ports;

/// <summary>A file below a folder.</summary>
/// <param name="Name">Its name from there, with <c>/</c> between the parts; of a folder that cannot be read, with one at its end.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Modified">When its content last changed.</param>
/// <param name="Problem">Why it, or the folder of that name, cannot be read; null as a rule.</param>
public sealed record LocalEntry(string Name, long Length, DateTimeOffset Modified, DeltaGliderException? Problem = null);
