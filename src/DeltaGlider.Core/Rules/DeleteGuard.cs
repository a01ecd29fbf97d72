using System.Globalization;

namespace DeltaGlider.Core.Rules;

/// <summary>
/// Whether what the source lacks may be removed from the destination. All of it or none: half a removal is nobody's wish.
/// </summary>
public static class DeleteGuard
{
    /// <summary>Why nothing may be removed; null where it may.</summary>
    /// <param name="removals">How many files would go.</param>
    /// <param name="present">How many the destination has, of those that take part.</param>
    /// <param name="sourceIsEmpty">True when the source showed nothing that takes part: it may be missing, or the wrong one.</param>
    /// <param name="failures">How many listings and transfers have failed by now.</param>
    /// <param name="maxDelete">The most that may go; null for any number.</param>
    /// <param name="force">The user knows that all of it may go.</param>
    public static string? WhyNot(long removals, long present, bool sourceIsEmpty, long failures, long? maxDelete, bool force)
    {
        if (removals == 0) return null;
        if (failures > 0) return Invariant($"{Things(failures)} failed before, so what the source has is not known for certain");
        if (maxDelete is { } most && removals > most) return Invariant($"{Things(removals)} would go, and at most {most} may");
        if (force) return null;
        if (sourceIsEmpty) return "the source has nothing, as if it were missing or the wrong one";
        return removals >= present ? Invariant($"everything the destination has, {Things(removals)}, would go") : null;
    }

    private static string Things(long count) => count == 1 ? "1 thing" : Invariant($"{count} things");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
