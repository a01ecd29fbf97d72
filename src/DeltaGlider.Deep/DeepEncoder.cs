using System.Security.Cryptography;
using DeltaGlider.Deep.Container;
using DeltaGlider.Deep.Images;
using DeltaGlider.Vcdiff;
using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Deep;

/// <summary>
/// Writes deltas between what archives hold, where that saves enough, and plain VCDIFF deltas where it does not. One
/// instance serves many encodes against one reference, also at the same time. It does not own the reference.
/// </summary>
public sealed class DeepEncoder
{
    // A plain delta of so many bytes leaves nothing to save.
    private const long SmallPlain = 512;

    // A larger one is made a second time if it is needed, rather than kept.
    private const long MaxKeptPlain = 64 << 20;

    private readonly SourceBuffer _reference;
    private readonly VcdiffEncoder _plain;
    private readonly DeepOptions _options;
    private readonly Lazy<ReadOnlyMemory<byte>> _sha256;

    /// <summary>An encoder against <paramref name="reference"/>.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="plain">The encoder of plain deltas against the same reference, whose index is shared.</param>
    /// <param name="options">How deltas are made.</param>
    public DeepEncoder(SourceBuffer reference, VcdiffEncoder? plain = null, DeepOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        _reference = reference;
        _plain = plain ?? new VcdiffEncoder(reference);
        _options = options ?? new DeepOptions();
        _sha256 = new Lazy<ReadOnlyMemory<byte>>(() => Sha256Of(reference));
    }

    /// <summary>Writes the delta that turns the reference into <paramref name="target"/>; same bytes in, same bytes out.</summary>
    /// <param name="target">The target.</param>
    /// <param name="delta">Where the delta goes. Nothing is written before it has been proven.</param>
    /// <param name="report">Is told, now and then, which share of the work is done: from 0 to 1, and never less than before.</param>
    /// <param name="cancellationToken">Ends the encode.</param>
    public async ValueTask<DeepEncodeResult> EncodeAsync(SourceBuffer target, Stream delta, Action<double>? report = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(delta);
        using var referenceLease = _reference.Lease();
        using var targetLease = target.Lease();
        using var plain = new BufferStream(MaxKeptPlain);
        await EncodePlainAsync(target, plain, cancellationToken).ConfigureAwait(false);
        report?.Invoke(DeepProgress.AfterPlain);
        var result = new DeepEncodeResult { IsDeep = false, DeltaBytes = plain.Count, PlainDeltaBytes = plain.Count };
        if (plain.Count > SmallPlain)
        {
            using var deep = new NativeBuffer();
            var attempt = await TryEncodeAsync(target, (long)(plain.Count * _options.MaxShareOfPlain), deep, result, report, cancellationToken).ConfigureAwait(false);
            result = attempt;
            if (attempt.IsDeep)
            {
                await delta.WriteAsync(deep.Memory, cancellationToken).ConfigureAwait(false);
                report?.Invoke(1);
                return attempt;
            }
        }

        if (plain.IsWhole) await delta.WriteAsync(plain.Bytes.Memory, cancellationToken).ConfigureAwait(false);
        else await EncodePlainAsync(target, delta, cancellationToken).ConfigureAwait(false);
        report?.Invoke(1);
        return result;
    }

    private async ValueTask EncodePlainAsync(SourceBuffer target, Stream delta, CancellationToken cancellationToken)
    {
        using var reading = target.OpenRead();
        await _plain.EncodeAsync(reading, delta, _options.DegreeOfParallelism, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<DeepEncodeResult> TryEncodeAsync(
        SourceBuffer target, long maxBytes, NativeBuffer output, DeepEncodeResult result, Action<double>? report, CancellationToken cancellationToken)
    {
        using var images = await Task.Run(() => ImagePair.TryMake(_reference, target, _options, DeepProgress.OfStreams(report, target.Length), cancellationToken), cancellationToken).ConfigureAwait(false);
        if (images is null) return result;
        result = result with
        {
            Encoders = images.Target.Shares,
            StreamBytes = images.Target.Unpacked.Sum(one => one.Length) + images.Target.Kept.Sum(one => one.Length),
            ImageBytes = images.Source.Length + images.Target.Image.Length,
        };
        if (images.Target.Unpacked.IsEmpty) return result;

        report?.Invoke(DeepProgress.AfterStreams);
        using var imageDelta = new NativeBuffer();
        var (kind, vcdiffBytes, differenceBytes) = await ImageDelta.AppendAsync(images.Source, images.Target.Image, _options, imageDelta, cancellationToken).ConfigureAwait(false);
        report?.Invoke(DeepProgress.AfterImages);
        var header = new DeepHeader(_sha256.Value, Sha256Of(target), _reference.Length, target.Length);
        ContainerWriter.Append(output, header, new DeepPlan(images.Target.Encoders, images.SourceParts, images.Target.Operations), kind, cancellationToken);
        output.Append(imageDelta.Span);
        result = result with { VcdiffBytes = vcdiffBytes, DifferenceBytes = differenceBytes };
        images.Dispose(); // the proof needs the memory
        if (output.Length > maxBytes || _options.Proves && !await IsProvenAsync(output, cancellationToken).ConfigureAwait(false)) return result;
        return result with { IsDeep = true, DeltaBytes = output.Length };
    }

    /// <summary>Restores the target as any reader will have to. The delta has its SHA-256, and the decoder compares.</summary>
    private async ValueTask<bool> IsProvenAsync(NativeBuffer delta, CancellationToken cancellationToken)
    {
        var limits = DeepLimits.Default with { MaxImageBytes = _options.MaxImageBytes };
        try
        {
            using var reading = new NativeStream(delta);
            await new DeepDecoder(_reference, limits, _options.DegreeOfParallelism).DecodeAsync(reading, Stream.Null, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (DeepException)
        {
            // A plain delta is always right.
            return false;
        }
    }

    private static ReadOnlyMemory<byte> Sha256Of(SourceBuffer bytes)
    {
        using var reading = bytes.OpenRead();
        return SHA256.HashData(reading);
    }
}
