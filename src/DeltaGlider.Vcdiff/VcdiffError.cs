namespace DeltaGlider.Vcdiff;

/// <summary>What was wrong with a delta.</summary>
public enum VcdiffError
{
    /// <summary>The stream does not start as a VCDIFF delta does.</summary>
    NotVcdiff,

    /// <summary>The delta ends in the middle of something.</summary>
    Truncated,

    /// <summary>A field contradicts the format or another field.</summary>
    Malformed,

    /// <summary>An integer is too large or not in its shortest form.</summary>
    InvalidInteger,

    /// <summary>A COPY reaches outside what exists at that point.</summary>
    InvalidAddress,

    /// <summary>A source window reaches beyond the reference: the wrong reference, or a damaged delta.</summary>
    SourceOutOfRange,

    /// <summary>The decoded window does not have the Adler-32 that the delta gives: usually the wrong reference.</summary>
    ChecksumMismatch,

    /// <summary>A size exceeds the caller's <see cref="VcdiffLimits"/>.</summary>
    LimitExceeded,

    /// <summary>A section is compressed by a method that is not supported.</summary>
    UnsupportedSecondaryCompressor,

    /// <summary>The delta uses a feature that is not supported: a custom code table, or history that cannot be read back.</summary>
    UnsupportedFeature,
}
