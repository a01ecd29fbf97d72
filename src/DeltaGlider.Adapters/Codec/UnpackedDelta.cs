using DeltaGlider.Core.Ports;
using DeltaGlider.Deep.Gzip;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Adapters.Codec;

/// <summary>
/// A delta that xdelta3 made between unpacked files, as it does when nobody tells it not to. It gives the content; this
/// packs it again, as often as it takes to get the original's SHA-256.
/// </summary>
internal sealed class UnpackedDelta
{
    // Enough for the header of a delta with any application header that the tools write.
    private const int DeltaPeek = 4096;

    // More than deflate can shrink anything, headers aside.
    private const long MaxRatio = 1032;

    private readonly SourceBuffer _reference;
    private readonly IContent _delta;
    private readonly ExpectedContent _original;
    private readonly long _maxUnpackedBytes;

    public UnpackedDelta(SourceBuffer reference, IContent delta, ExpectedContent original, long maxUnpackedBytes)
    {
        _reference = reference;
        _delta = delta;
        _original = original;
        _maxUnpackedBytes = maxUnpackedBytes;
    }

    public async ValueTask RestoreAsync(Stream target, CancellationToken cancellationToken)
    {
        var names = await ReadNamesAsync(cancellationToken).ConfigureAwait(false);
        Demand(names.SourceCompressor, "reference");
        Demand(names.TargetCompressor, "file");
        if (names.SourceCompressor is null)
        {
            await RepackAsync(_reference, PackingGuess.None, target, cancellationToken).ConfigureAwait(false);
            return;
        }

        using var unpacked = await GzipUnpacker.UnpackAsync(_reference, _maxUnpackedBytes, cancellationToken).ConfigureAwait(false);
        if (names.TargetCompressor is null)
            await DecodeAsync(unpacked, target, _original.Size ?? _maxUnpackedBytes, cancellationToken).ConfigureAwait(false);
        else
            await RepackAsync(unpacked, PackingGuess.From(_reference, unpacked, cancellationToken), target, cancellationToken).ConfigureAwait(false);
    }

    private static void Demand(char? compressor, string whose)
    {
        if (compressor is null or XdeltaFileNames.Gzip) return;
        throw CodecErrors.CompressionLost($"the {whose} was packed with {XdeltaFileNames.ProgramName(compressor.Value)}, whose work cannot be done again here.");
    }

    private async ValueTask<XdeltaFileNames> ReadNamesAsync(CancellationToken cancellationToken)
    {
        var start = new byte[DeltaPeek];
        var stream = await _delta.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = stream.ConfigureAwait(false);
        var read = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return XdeltaFileNames.TryRead(start.AsSpan(0, read)) ?? new XdeltaFileNames(null, null);
    }

    private async ValueTask RepackAsync(SourceBuffer source, PackingGuess guess, Stream target, CancellationToken cancellationToken)
    {
        foreach (var encoder in guess.Encoders)
        {
            using var body = new PackedBody(_original.Size ?? long.MaxValue);
            using (var writer = new GzipBodyWriter(encoder, body))
            {
                await DecodeAsync(source, writer, MaxContent(), cancellationToken).ConfigureAwait(false);
                writer.Finish();
            }

            foreach (var header in guess.HeadersFor(encoder))
            {
                if (_original.Size is { } size && header.Bytes.Length + body.Size != size) continue;
                if (body.HashWith(header.Bytes) != _original.Sha256) continue;
                await body.WriteToAsync(target, header.Bytes, cancellationToken).ConfigureAwait(false);
                return;
            }
        }

        throw CodecErrors.CompressionLost(
            $"the file was packed with gzip, and none of {string.Join(", ", guess.Encoders.Select(encoder => encoder.Id))} gives the recorded SHA-256.");
    }

    private async ValueTask DecodeAsync(SourceBuffer source, Stream target, long maxBytes, CancellationToken cancellationToken)
    {
        var stream = await _delta.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = stream.ConfigureAwait(false);
        var decoder = new VcdiffDecoder(source, VcdiffLimits.Default with { MaxTargetBytes = maxBytes });
        await decoder.DecodeAsync(stream, target, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A hostile delta is stopped where no packed file of the recorded size could hold its content.</summary>
    private long MaxContent() => _original.Size is { } size && size < _maxUnpackedBytes / MaxRatio ? size * MaxRatio : _maxUnpackedBytes;
}
