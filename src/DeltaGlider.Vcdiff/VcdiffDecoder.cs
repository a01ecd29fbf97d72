using DeltaGlider.Vcdiff.Decode;

namespace DeltaGlider.Vcdiff;

/// <summary>
/// Rebuilds targets from VCDIFF deltas (RFC 3284, with xdelta3's additions). One instance serves many decodes,
/// also at the same time. It does not own its source.
/// </summary>
public sealed class VcdiffDecoder
{
    private readonly SourceBuffer _source;
    private readonly VcdiffLimits _limits;

    /// <summary>A decoder against <paramref name="source"/>.</summary>
    public VcdiffDecoder(SourceBuffer source, VcdiffLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        _source = source;
        _limits = limits ?? VcdiffLimits.Default;
    }

    /// <summary>Reads a delta to its end and writes the target window by window.</summary>
    /// <remarks>
    /// A window is written only after its checksum, if any, has been verified; still, a failure leaves the windows
    /// before it in <paramref name="target"/>. A delta cut exactly between two windows is a valid, shorter delta:
    /// compare the size or a hash of the result.
    /// </remarks>
    /// <exception cref="VcdiffException">The delta is damaged, hostile, over a limit, or for another source.</exception>
    public async ValueTask<VcdiffDecodeResult> DecodeAsync(Stream delta, Stream target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delta);
        ArgumentNullException.ThrowIfNull(target);
        using var lease = _source.Lease();
        using var decoding = new DeltaDecoding(_source, _limits, delta, target);
        return await decoding.RunAsync(cancellationToken).ConfigureAwait(false);
    }
}
