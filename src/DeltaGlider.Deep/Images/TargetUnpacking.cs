using System.Collections.Immutable;
using DeltaGlider.Deep.Container;
using DeltaGlider.Deep.Deflate;
using DeltaGlider.Deep.Finding;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Deep.Images;

/// <summary>The target's image, and how the target is made of it.</summary>
/// <param name="Image">The image; whoever asked for it disposes it.</param>
/// <param name="Operations">How to make the target.</param>
/// <param name="Encoders">The encoders that the operations name.</param>
/// <param name="Unpacked">The members that are in the image as what they hold.</param>
/// <param name="Kept">The members that are in it compressed, though they were looked into: no encoder makes them.</param>
/// <param name="Shares">Streams and bytes per encoder.</param>
internal sealed record TargetUnpacking(
    SourceBuffer Image,
    ImmutableArray<TargetOperation> Operations,
    ImmutableArray<DeflateParameters> Encoders,
    ImmutableArray<FoundStream> Unpacked,
    ImmutableArray<FoundStream> Kept,
    ImmutableArray<EncoderShare> Shares);
