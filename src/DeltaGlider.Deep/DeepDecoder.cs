using DeltaGlider.Deep.Coding;
using DeltaGlider.Deep.Container;
using DeltaGlider.Deep.Difference;
using DeltaGlider.Deep.Images;
using DeltaGlider.Vcdiff;
using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Deep;

/// <summary>
/// Rebuilds targets from deep deltas. One instance serves many decodes, also at the same time; each holds the reference's
/// image in memory. It does not own the reference.
/// </summary>
public sealed class DeepDecoder
{
    private readonly SourceBuffer _reference;
    private readonly DeepLimits _limits;
    private readonly int _degreeOfParallelism;

    /// <summary>A decoder against <paramref name="reference"/>.</summary>
    public DeepDecoder(SourceBuffer reference, DeepLimits? limits = null, int degreeOfParallelism = 1)
    {
        ArgumentNullException.ThrowIfNull(reference);
        _reference = reference;
        _limits = limits ?? DeepLimits.Default;
        _degreeOfParallelism = degreeOfParallelism;
    }

    /// <summary>True when the bytes at a delta's start are those of a deep delta.</summary>
    public static bool IsDeep(ReadOnlySpan<byte> start) => ContainerFormat.IsDeep(start);

    /// <summary>Reads a delta to its end and writes the target, whose SHA-256 is compared with the one in the delta.</summary>
    /// <remarks>A failure may leave a beginning of the target, or all of a wrong one, in <paramref name="target"/>.</remarks>
    /// <returns>The bytes of the target.</returns>
    /// <exception cref="DeepException">The delta is damaged, hostile, over a limit, or for another reference.</exception>
    public async ValueTask<long> DecodeAsync(Stream delta, Stream target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delta);
        ArgumentNullException.ThrowIfNull(target);
        using var lease = _reference.Lease();
        var reader = new ContainerReader(delta);
        var header = await reader.ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
        if (header.ReferenceLength != _reference.Length)
            throw new DeepException($"The delta is for a reference of {header.ReferenceLength} bytes, and this one has {_reference.Length}.", reader.Offset);
        if (header.TargetLength > _limits.MaxTargetBytes)
            throw new DeepException($"The delta makes {header.TargetLength} bytes, more than the {_limits.MaxTargetBytes} that are allowed.", reader.Offset);
        var plan = await reader.ReadPlanAsync(header, _limits, cancellationToken).ConfigureAwait(false);
        var kind = (ImageDeltaKind)await reader.TakeByteAsync(cancellationToken).ConfigureAwait(false);

        using var image = await Task.Run(() => BuildImage(plan, reader.Offset, cancellationToken), cancellationToken).ConfigureAwait(false);
        using var output = new CheckedOutput(target, header) { Offset = reader.Offset };
        using var assembler = new TargetAssembler(_reference, plan, output, cancellationToken);
        await DecodeImageAsync(kind, image, plan, delta, reader, assembler, cancellationToken).ConfigureAwait(false);
        assembler.Finish();
        return output.Written;
    }

    private SourceBuffer BuildImage(DeepPlan plan, long offset, CancellationToken cancellationToken)
    {
        using var builder = new ImageBuilder(_reference, plan.ReferenceParts, _degreeOfParallelism, isExact: true);
        builder.Fill(cancellationToken);
        if (builder.Failed < 0) return builder.Finish();
        var part = plan.ReferenceParts[builder.Failed];
        throw new DeepException($"The reference has no stream of {part.PlainLength} bytes at {part.Offset}: the wrong reference, or a damaged delta.", offset);
    }

    private async ValueTask DecodeImageAsync(
        ImageDeltaKind kind, SourceBuffer image, DeepPlan plan, Stream delta, ContainerReader reader, TargetAssembler assembler, CancellationToken cancellationToken)
    {
        switch (kind)
        {
            case ImageDeltaKind.Vcdiff:
                await DecodeVcdiffAsync(image, plan, delta, reader.Offset, assembler, cancellationToken).ConfigureAwait(false);
                break;
            case ImageDeltaKind.Difference:
                var start = reader.Offset;
                using (var rest = new NativeBuffer())
                {
                    await reader.ReadRestAsync(rest, _limits.MaxDeltaBytes - start, cancellationToken).ConfigureAwait(false);
                    await Task.Run(() => DecodeDifference(image, plan, rest, start, assembler, cancellationToken), cancellationToken).ConfigureAwait(false);
                }

                break;
            default:
                throw new DeepException($"The delta between the images is of the unknown kind {(int)kind}: a newer version may have written it.", reader.Offset);
        }
    }

    private async ValueTask DecodeVcdiffAsync(
        SourceBuffer image, DeepPlan plan, Stream delta, long offset, TargetAssembler assembler, CancellationToken cancellationToken)
    {
        var limits = VcdiffLimits.Default with { MaxTargetBytes = plan.ImageLength, MaxDeltaBytes = Math.Max(0, _limits.MaxDeltaBytes - offset) };
        try
        {
            await new VcdiffDecoder(image, limits).DecodeAsync(delta, assembler, cancellationToken).ConfigureAwait(false);
        }
        catch (VcdiffException e)
        {
            throw new DeepException($"The delta between the images cannot be decoded: {e.Message}.", offset + e.Offset, e);
        }
    }

    private static unsafe void DecodeDifference(
        SourceBuffer image, DeepPlan plan, NativeBuffer delta, long offset, TargetAssembler assembler, CancellationToken cancellationToken)
    {
        using var lease = image.Lease();
        using var decoder = new DifferenceDecoder(image, new ByteCursor(delta.Pointer, delta.Length, offset), plan.ImageLength, assembler, cancellationToken);
        decoder.Run();
    }
}
