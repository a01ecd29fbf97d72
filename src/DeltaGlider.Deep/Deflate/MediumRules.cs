namespace DeltaGlider.Deep.Deflate;

/// <summary>In what the encoders with <see cref="MatchStrategy.Medium"/> differ.</summary>
internal sealed record MediumRules
{
    /// <summary>Shorter matches go as literals.</summary>
    public int ShortestMatch { get; private init; }

    /// <summary>A match of three bytes from farther away is not taken when it was looked up ahead.</summary>
    public int TooFar { get; private init; } = int.MaxValue;

    /// <summary>A match does not take over when what it repeats reaches into the match before.</summary>
    public bool GivesUpOverlaps { get; private init; }

    /// <summary>A position that is already the last one noted for its bytes is not noted again: its chain stays whole.</summary>
    public bool NotesOnce { get; private init; }

    /// <summary>Notes the position before once more when new input has come.</summary>
    public bool NotesBeforeRefill { get; private init; }

    /// <summary>The following match is looked for only when so much input is left behind the present one.</summary>
    public int LeastBehind { get; private init; }

    /// <summary>The following match is looked for only before this place in the window.</summary>
    public int LastLook { get; private init; } = int.MaxValue;

    /// <summary>zlib-ng 2.2.</summary>
    public static MediumRules NextGeneration { get; } = new()
    {
        ShortestMatch = 4,
        NotesOnce = true,
        NotesBeforeRefill = true,
        LastLook = DeflateWindow.Size * 2 - DeflateWindow.MinLookahead,
    };

    /// <summary>Intel's fork of zlib, as it was first.</summary>
    public static MediumRules Intel { get; } = new()
    {
        ShortestMatch = 3,
        TooFar = 12_000,
        GivesUpOverlaps = true,
    };

    /// <summary>Intel's fork as .NET 8 has it.</summary>
    public static MediumRules LateIntel { get; } = Intel with { LeastBehind = DeflateWindow.MinLookahead + 1 };
}
