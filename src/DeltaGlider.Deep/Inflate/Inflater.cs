using System.Runtime.CompilerServices;
using DeltaGlider.Deep.Deflate;

namespace DeltaGlider.Deep.Inflate;

/// <summary>
/// Inflates one deflate stream (RFC 1951) from memory into memory. Never reads or writes outside what it is given, and
/// says exactly where the stream ended. One instance serves many streams, one after the other.
/// </summary>
internal sealed unsafe class Inflater
{
    private const int LiteralCodes = HuffmanAlphabet.StaticLiteralCodes;
    private const int DistanceCodes = 32;
    private const int CheckEvery = 1 << 22;

    private readonly PrefixTable _literals = new(LiteralCodes, 11);
    private readonly PrefixTable _distances = new(DistanceCodes, 9);
    private readonly PrefixTable _lengths = new(DeflateFormat.LengthCodes, 7);
    private BitSource _bits;
    private byte* _start;
    private byte* _at;
    private byte* _end;

    /// <summary>Inflates the stream at <paramref name="input"/>, at most <paramref name="capacity"/> bytes of it.</summary>
    public InflateResult Run(byte* input, long length, byte* output, long capacity, CancellationToken cancellationToken)
    {
        _bits = new BitSource(input, length);
        _start = _at = output;
        _end = output + capacity;
        var status = RunBlocks(cancellationToken);
        return new InflateResult(status, status == InflateStatus.Truncated ? length : _bits.Consumed, _at - _start);
    }

    private InflateStatus RunBlocks(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _bits.Refill();
            var isLast = _bits.Take(1) != 0;
            var status = _bits.Take(2) switch
            {
                0 => RunStored(),
                1 => TryBuildStatic() ? RunCodes(cancellationToken) : InflateStatus.Damaged,
                2 => ReadCodes() is var read and not InflateStatus.Ended ? read : RunCodes(cancellationToken),
                _ => InflateStatus.Damaged,
            };
            if (_bits.Count < 0) return InflateStatus.Truncated;
            if (status != InflateStatus.Ended || isLast) return status;
        }
    }

    private InflateStatus RunStored()
    {
        _bits.Drop(_bits.Count < 0 ? 0 : _bits.Count & 7);
        _bits.Refill();
        var length = _bits.Take(16);
        var check = _bits.Take(16);
        if (_bits.Count < 0) return InflateStatus.Truncated;
        if (length != (check ^ 0xFFFF)) return InflateStatus.Damaged;
        if (length > _end - _at) return InflateStatus.OutputFull;
        if (!_bits.TryCopy(_at, length)) return InflateStatus.Truncated;
        _at += length;
        return InflateStatus.Ended;
    }

    private bool TryBuildStatic()
    {
        Span<byte> distances = stackalloc byte[DistanceCodes];
        distances.Fill(5);
        return _literals.TryBuild(HuffmanAlphabet.Literals.StaticBits.AsSpan()) && _distances.TryBuild(distances);
    }

    /// <summary>Reads the codes of a dynamic block (RFC 1951, 3.2.7).</summary>
    private InflateStatus ReadCodes()
    {
        _bits.Refill();
        var literals = _bits.Take(5) + DeflateFormat.FirstLengthCode;
        var distances = _bits.Take(5) + 1;
        var count = _bits.Take(4) + 4;
        if (literals > DeflateFormat.LiteralCodes || distances > DeflateFormat.DistanceCodes) return InflateStatus.Damaged;

        Span<byte> lengths = stackalloc byte[DeflateFormat.LiteralCodes + DeflateFormat.DistanceCodes];
        lengths.Clear();
        for (var i = 0; i < count; i++)
        {
            _bits.Refill();
            lengths[DeflateFormat.LengthCodeOrder[i]] = (byte)_bits.Take(3);
        }

        if (!_lengths.TryBuild(lengths[..DeflateFormat.LengthCodes])) return InflateStatus.Damaged;
        lengths.Clear();
        for (var at = 0; at < literals + distances;)
        {
            _bits.Refill();
            var symbol = _lengths.Read(_bits.Bits, out var bits);
            if (bits == 0) return InflateStatus.Damaged;
            _bits.Drop(bits);
            if (symbol < 16)
            {
                lengths[at++] = (byte)symbol;
                continue;
            }

            if (symbol == 16 && at == 0) return InflateStatus.Damaged;
            var value = symbol == 16 ? lengths[at - 1] : (byte)0;
            var repeat = symbol switch { 16 => 3 + _bits.Take(2), 17 => 3 + _bits.Take(3), _ => 11 + _bits.Take(7) };
            if (repeat > literals + distances - at) return InflateStatus.Damaged;
            lengths.Slice(at, repeat).Fill(value);
            at += repeat;
        }

        if (_bits.Count < 0) return InflateStatus.Truncated;
        return _literals.TryBuild(lengths[..literals]) && _distances.TryBuild(lengths.Slice(literals, distances)) ? InflateStatus.Ended : InflateStatus.Damaged;
    }

    private InflateStatus RunCodes(CancellationToken cancellationToken)
    {
        var bits = _bits; // a local: it stays in registers
        var at = _at;
        var check = at;
        var status = InflateStatus.Ended;
        while (true)
        {
            bits.Refill();
            var symbol = _literals.Read(bits.Bits, out var length);
            bits.Drop(length);
            if (length == 0 || bits.Count < 0)
            {
                status = bits.Count < 0 ? InflateStatus.Truncated : InflateStatus.Damaged;
                break;
            }

            if (symbol < DeflateFormat.EndOfBlock)
            {
                if (at == _end)
                {
                    status = InflateStatus.OutputFull;
                    break;
                }

                *at++ = (byte)symbol;
                continue;
            }

            if (symbol == DeflateFormat.EndOfBlock) break;
            status = ReadMatch(ref bits, symbol - DeflateFormat.FirstLengthCode, out var count, out var distance);
            if (status == InflateStatus.Ended && distance > at - _start) status = InflateStatus.Damaged;
            if (status == InflateStatus.Ended && count > _end - at) status = InflateStatus.OutputFull;
            if (status != InflateStatus.Ended) break;
            Copy(at, distance, count);
            at += count;
            if (at - check < CheckEvery) continue;
            check = at;
            cancellationToken.ThrowIfCancellationRequested();
        }

        _bits = bits;
        _at = at;
        return status;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private InflateStatus ReadMatch(ref BitSource bits, int lengthCode, out int count, out int distance)
    {
        count = distance = 0;
        if (lengthCode >= DeflateFormat.LiteralCodes - DeflateFormat.FirstLengthCode) return InflateStatus.Damaged;
        count = DeflateFormat.LengthBase(lengthCode) + DeflateFormat.MinMatch + bits.Take(DeflateFormat.LengthExtraBits(lengthCode));
        var code = _distances.Read(bits.Bits, out var length);
        if (length == 0 || code >= DeflateFormat.DistanceCodes) return bits.Count < 0 ? InflateStatus.Truncated : InflateStatus.Damaged;
        bits.Drop(length);
        distance = DeflateFormat.DistanceBase(code) + 1 + bits.Take(DeflateFormat.DistanceExtraBits(code));
        return bits.Count < 0 ? InflateStatus.Truncated : InflateStatus.Ended;
    }

    private void Copy(byte* to, int distance, int count)
    {
        var from = to - distance;
        if (distance >= 8 && _end - to >= count + 8)
        {
            // Up to 7 bytes behind the copy are overwritten later.
            for (var done = 0; done < count; done += 8) Unsafe.WriteUnaligned(to + done, Unsafe.ReadUnaligned<ulong>(from + done));
            return;
        }

        for (; count > 0; count--) *to++ = *from++;
    }
}
