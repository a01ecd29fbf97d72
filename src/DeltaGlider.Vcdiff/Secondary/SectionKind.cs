namespace DeltaGlider.Vcdiff.Secondary;

/// <summary>The three sections of a window (RFC 3284 section 4.3), in the order in which they are stored.</summary>
internal enum SectionKind
{
    /// <summary>Literals of ADD and RUN.</summary>
    Data = 0,

    /// <summary>Instructions and sizes.</summary>
    Instructions = 1,

    /// <summary>Addresses of COPY.</summary>
    Addresses = 2,
}
