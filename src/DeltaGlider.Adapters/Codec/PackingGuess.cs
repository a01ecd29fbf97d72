using System.Collections.Immutable;
using DeltaGlider.Deep.Deflate;
using DeltaGlider.Deep.Gzip;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Adapters.Codec;

/// <summary>How a gzip file may have been packed, the likeliest first: versions of a file mostly come from one packer.</summary>
internal sealed class PackingGuess
{
    // More tells encoders apart no better in practice.
    private const int EnoughContent = 1024 * 1024;

    // Deflate never adds this much to content of that size.
    private const int EnoughPacked = EnoughContent + 64 * 1024;

    // Each costs packing the whole file.
    private static readonly ImmutableArray<DeflateParameters> Common =
        [DeflateParameters.GnuGzip(6), DeflateParameters.GnuGzip(9), DeflateParameters.Zlib(6), DeflateParameters.Zlib(9)];

    private readonly GzipHeader? _header;

    private PackingGuess(GzipHeader? header, DeflateParameters? encoder)
    {
        _header = header;
        Encoders = encoder is null ? Common : [encoder, .. Common.Where(other => other.Id != encoder.Id)];
    }

    /// <summary>The guess where there is nothing to go by.</summary>
    public static PackingGuess None { get; } = new(null, null);

    /// <summary>The encoders to try.</summary>
    public ImmutableArray<DeflateParameters> Encoders { get; }

    /// <summary>A guess by the reference, which is a gzip file.</summary>
    public static PackingGuess From(SourceBuffer packed, SourceBuffer content, CancellationToken cancellationToken)
    {
        var start = packed.Slice(0, (int)Math.Min(packed.Length, EnoughPacked)).ToArray();
        if (GzipHeader.TryRead(start) is not { } header) return None;
        var length = (int)Math.Min(content.Length, EnoughContent);
        using var beginning = new MemoryStream(content.Slice(0, length).ToArray());
        var query = new EncoderQuery { IsWhole = length == content.Length, EndsWithStream = false };
        var encoder = EncoderSearch.Find(start.AsMemory(header.Bytes.Length), beginning, query, cancellationToken);
        return new PackingGuess(header, encoder);
    }

    /// <summary>The headers to try with an encoder. A name or a time in the original's header cannot be guessed.</summary>
    public IEnumerable<GzipHeader> HeadersFor(DeflateParameters encoder)
    {
        var plain = GzipHeader.OfPipe(encoder.Level);
        yield return plain;
        if (_header is not null && !_header.Bytes.Span.SequenceEqual(plain.Bytes.Span)) yield return _header;
    }
}
