using DeltaGlider.Vcdiff.Encode;

namespace DeltaGlider.Vcdiff;

/// <summary>
/// Writes VCDIFF deltas (RFC 3284) that every xdelta3 reads. One instance serves many encodes against the same
/// source, also at the same time: its index is built once, when first needed. It does not own its source.
/// </summary>
public sealed class VcdiffEncoder
{
    private readonly SourceBuffer _source;
    private readonly VcdiffEncoderOptions _options;
    private readonly SharedIndex _index;

    /// <summary>An encoder against <paramref name="source"/>.</summary>
    public VcdiffEncoder(SourceBuffer source, VcdiffEncoderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        _source = source;
        _options = options ?? new VcdiffEncoderOptions();
        _index = new SharedIndex(source);
    }

    /// <summary>True once an encode has needed the index of the source.</summary>
    internal bool HasIndex => _index.IsBuilt;

    /// <summary>True once that was the index of all of it.</summary>
    internal bool HasFullIndex => _index.IsFull;

    /// <summary>The index of the source, for another kind of delta against it.</summary>
    internal SourceIndex IndexFor(CancellationToken cancellationToken) => _index.Full(cancellationToken);

    /// <summary>Reads <paramref name="target"/> to its end and writes its delta, window by window.</summary>
    /// <remarks>Neither stream needs to be seekable. The same source, target and options give the same delta.</remarks>
    public ValueTask<VcdiffEncodeResult> EncodeAsync(Stream target, Stream delta, CancellationToken cancellationToken = default) =>
        EncodeAsync(target, delta, _options.DegreeOfParallelism, cancellationToken);

    /// <summary>The same with another degree of parallelism than the options say: the delta does not depend on it.</summary>
    public async ValueTask<VcdiffEncodeResult> EncodeAsync(Stream target, Stream delta, int degreeOfParallelism, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(delta);
        using var lease = _source.Lease();
        using var encoding = new DeltaEncoding(_source, _index, _options with { DegreeOfParallelism = degreeOfParallelism }, target, delta);
        return await encoding.RunAsync(cancellationToken).ConfigureAwait(false);
    }
}
