using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Rules;

/// <summary>The keys that no user's file may have, because the tool gives them a meaning of its own.</summary>
public static class ReservedKeys
{
    /// <summary>Why the key may not be written; null for one that may.</summary>
    public static string? WhyReserved(string key)
    {
        if (DeltaSpace.IsInternalKey(key)) return $"keys under '{DeltaSpace.InternalPrefix}' belong to DeltaGlider itself";
        if (DeltaSpace.IsReferenceKey(key)) return $"'{DeltaSpace.ReferenceName}' is the name of every deltaspace's reference";
        if (key.EndsWith(DeltaSpace.DeltaSuffix, StringComparison.Ordinal)) return $"names that end in '{DeltaSpace.DeltaSuffix}' are the names of deltas";
        return null;
    }
}
