namespace DeltaGlider.Vcdiff;

/// <summary>What an encode did.</summary>
public sealed record VcdiffEncodeResult
{
    /// <summary>Bytes read from the target.</summary>
    public required long TargetBytes { get; init; }

    /// <summary>Bytes written to the delta.</summary>
    public required long DeltaBytes { get; init; }

    /// <summary>Windows written.</summary>
    public required int Windows { get; init; }

    /// <summary>Target bytes that the delta copies from the source.</summary>
    public required long CopiedBytes { get; init; }

    /// <summary>Target bytes that the delta copies from the target itself, runs included.</summary>
    public required long RepeatedBytes { get; init; }

    /// <summary>Target bytes that the delta carries literally.</summary>
    public required long LiteralBytes { get; init; }
}
