using System.Diagnostics.CodeAnalysis;

namespace DeltaGlider;

/// <summary>How well a deltaspace's reference serves, and what was done about it.</summary>
public sealed class DGOptimization
{
    /// <summary>The deltaspace.</summary>
    public string Uri { get; init; } = "";

    /// <summary>What was found to be worth doing.</summary>
    public DGOptimizeAction Action { get; init; }

    /// <summary>True when it was done; false where there was nothing to do, under -WhatIf, and where the answer was no.</summary>
    public bool Performed { get; init; }

    /// <summary>Why, in a few words.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The object that became the reference, or would; null where the present one stays.</summary>
    public string? NewReference { get; init; }

    /// <summary>How many objects are deltas, or may become some.</summary>
    public int Objects { get; init; }

    /// <summary>How many were tried as reference. Where it is all of them, the expected size is no estimate.</summary>
    public int Sampled { get; init; }

    /// <summary>How many objects became deltas.</summary>
    public int ReEncoded { get; init; }

    /// <summary>The bytes that reference and objects took before.</summary>
    public long BeforeSize { get; init; }

    /// <summary>The bytes that they were expected to take.</summary>
    public long ExpectedSize { get; init; }

    /// <summary>The bytes that they take now.</summary>
    public long AfterSize { get; init; }

    /// <summary>The bytes taken for a time beyond those of before, at most.</summary>
    public long TemporarySize { get; init; }

    /// <summary>The bytes to fetch and to send in all.</summary>
    public long MovedSize { get; init; }

    /// <summary>The bytes saved; where nothing was done, those that would be.</summary>
    public long Saved => BeforeSize - (Performed ? AfterSize : ExpectedSize);

    /// <summary>The same as a share of the bytes of before, from 0 to 100.</summary>
    public double? SavedPercent => Savings.Percent(BeforeSize, BeforeSize - Saved);

    /// <summary>Objects that no reference serves: they stay whole.</summary>
    [SuppressMessage("Performance", "CA1819", Justification = "An array is what PowerShell shows, serializes and indexes best.")]
    public string[] Dissimilar { get; init; } = [];

    /// <summary>Objects that cannot be read back. They are as they were.</summary>
    [SuppressMessage("Performance", "CA1819", Justification = "An array is what PowerShell shows, serializes and indexes best.")]
    public string[] Unreadable { get; init; } = [];

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Uri;
}
