using System.Buffers.Binary;
using DeltaGlider.Deep.Deflate;

namespace DeltaGlider.Deep.Gzip;

/// <summary>
/// Packs what is written to it into the part of a gzip member that follows the header: the deflate stream, the CRC-32
/// and the size. The same body goes with any header.
/// </summary>
public sealed class GzipBodyWriter : WriteOnlyStream
{
    private readonly DeflateEncoder _encoder;
    private readonly Stream _output;
    private readonly Crc32 _crc = new();
    private uint _size;

    /// <summary>A writer to <paramref name="output"/>, which it does not own.</summary>
    public GzipBodyWriter(DeflateParameters parameters, Stream output)
    {
        _encoder = new DeflateEncoder(parameters, output);
        _output = output;
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _crc.Append(buffer);
        _size += (uint)buffer.Length;
        _encoder.Append(buffer);
    }

    /// <summary>Ends the member. Nothing may be written afterwards.</summary>
    public void Finish()
    {
        _encoder.Finish();
        Span<byte> trailer = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, _crc.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], _size);
        _output.Write(trailer);
    }
}
