namespace DeltaGlider.Vcdiff;

/// <summary>What a decode did.</summary>
public sealed record VcdiffDecodeResult
{
    /// <summary>Bytes written to the target.</summary>
    public required long TargetBytes { get; init; }

    /// <summary>Bytes read from the delta.</summary>
    public required long DeltaBytes { get; init; }

    /// <summary>Windows in the delta.</summary>
    public required int Windows { get; init; }

    /// <summary>Windows whose Adler-32 was there, and right.</summary>
    public required int VerifiedWindows { get; init; }

    /// <summary>The application header; null when the delta has none.</summary>
    public required ReadOnlyMemory<byte>? ApplicationHeader { get; init; }
}
