namespace DeltaGlider.Vcdiff.Encode;

/// <summary>Where the bytes of a <see cref="Match"/> come from.</summary>
internal enum MatchKind
{
    /// <summary>The source.</summary>
    Source,

    /// <summary>Earlier bytes of the same target window.</summary>
    Target,

    /// <summary>One byte, repeated.</summary>
    Run,
}
