namespace DeltaGlider;

/// <summary>What reading an object back has shown.</summary>
public sealed class DGVerification
{
    /// <summary>Its logical name.</summary>
    public string Uri { get; init; } = "";

    /// <summary>True when its bytes were read back and have the recorded SHA-256.</summary>
    public bool Valid { get; init; }

    /// <summary>How it is stored.</summary>
    public DGStorage Storage { get; init; }

    /// <summary>The file's bytes.</summary>
    public long Size { get; init; }

    /// <summary>The bytes of the object that stands for it.</summary>
    public long StoredSize { get; init; }

    /// <summary>The recorded SHA-256; null where none was recorded.</summary>
    public string? Expected { get; init; }

    /// <summary>The SHA-256 of what was read; null where nothing could be.</summary>
    public string? Actual { get; init; }

    /// <summary>What was found, by kind.</summary>
    public DGFinding Finding { get; init; }

    /// <summary>True when it was mended after it had been found so, and read back once more.</summary>
    public bool Repaired { get; init; }

    /// <summary>What is wrong, by the name that errors of this kind have; null when nothing is.</summary>
    public string? Problem { get; init; }

    /// <summary>The same in words.</summary>
    public string Reason { get; init; } = "";

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Uri}: {(Valid ? "valid" : Reason)}";
}
