namespace DeltaGlider.Deep.Deflate;

/// <summary>How an encoder chooses among matches.</summary>
internal enum MatchStrategy
{
    /// <summary>The first match is taken.</summary>
    Greedy,

    /// <summary>A match is taken only when the next position has no longer one.</summary>
    Lazy,

    /// <summary>zlib-ng's: the match that follows is looked for as well, and may take over a match's end.</summary>
    Medium,
}
