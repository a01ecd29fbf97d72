namespace DeltaGlider.Benchmarks.Compare;

/// <summary>A reference and a target to compare codecs on.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Group">What the geometric means are taken over.</param>
/// <param name="Reference">The reference's path.</param>
/// <param name="Target">The target's path.</param>
internal sealed record Pair(string Name, string Group, string Reference, string Target);
