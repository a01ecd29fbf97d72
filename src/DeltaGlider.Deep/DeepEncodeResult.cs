using System.Collections.Immutable;

namespace DeltaGlider.Deep;

/// <summary>What an encode did.</summary>
public sealed record DeepEncodeResult
{
    /// <summary>The delta that was written is a deep one; otherwise it is plain VCDIFF.</summary>
    public required bool IsDeep { get; init; }

    /// <summary>Bytes of the delta that was written.</summary>
    public required long DeltaBytes { get; init; }

    /// <summary>Bytes of the plain delta.</summary>
    public required long PlainDeltaBytes { get; init; }

    /// <summary>The encoders of the target's streams.</summary>
    public ImmutableArray<EncoderShare> Encoders { get; init; } = [];

    /// <summary>Compressed bytes of the target that were looked into.</summary>
    public long StreamBytes { get; init; }

    /// <summary>Those of them that an encoder makes again exactly.</summary>
    public long ExactBytes => Encoders.Sum(one => one.Bytes);

    /// <summary>Bytes of both images together.</summary>
    public long ImageBytes { get; init; }

    /// <summary>Bytes of the delta between the images as VCDIFF.</summary>
    public long VcdiffBytes { get; init; }

    /// <summary>The same as a difference; the smaller one is used.</summary>
    public long DifferenceBytes { get; init; }

    /// <summary>True when the delta between the images is a difference, false when it is VCDIFF.</summary>
    public bool IsDifference => DifferenceBytes < VcdiffBytes;
}
