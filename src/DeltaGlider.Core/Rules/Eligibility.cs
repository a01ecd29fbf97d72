using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Rules;

/// <summary>Whether a file is worth a delta, by its name alone.</summary>
public static class Eligibility
{
    /// <summary>True when the name ends in one of the policy's suffixes, in any case.</summary>
    public static bool IsEligible(string name, DeltaPolicy policy) =>
        policy.Suffixes.Any(suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) && name.Length > suffix.Length);
}
