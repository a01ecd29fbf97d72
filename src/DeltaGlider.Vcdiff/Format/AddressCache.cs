namespace DeltaGlider.Vcdiff.Format;

/// <summary>
/// The cache of recent COPY addresses (RFC 3284 sections 5.1 to 5.3) with the default sizes, which is all that
/// the default code table can speak of. One per window.
/// </summary>
internal sealed class AddressCache
{
    /// <summary>Mode 0: the address itself.</summary>
    public const int Self = 0;

    /// <summary>Mode 1: the distance back from the current position.</summary>
    public const int Here = 1;

    /// <summary>The first of the four modes relative to a recent address.</summary>
    public const int FirstNear = 2;

    /// <summary>The first of the three modes that name a recent address in one byte.</summary>
    public const int FirstSame = FirstNear + NearSize;

    private const int NearSize = 4, SameSize = 3;
    private readonly long[] _near = new long[NearSize];
    private readonly long[] _same = new long[SameSize * 256];
    private int _next;

    /// <summary>Forgets everything: each window starts anew.</summary>
    public void Reset()
    {
        Array.Clear(_near);
        Array.Clear(_same);
        _next = 0;
    }

    /// <summary>The cheapest mode for <paramref name="address"/>, with the number to write for it.</summary>
    /// <remarks>Ties go to the lower mode: those have more combined opcodes.</remarks>
    public int Choose(long address, long here, out long encoded)
    {
        var mode = Self;
        encoded = address;
        var back = here - address;
        if (back < encoded)
        {
            mode = Here;
            encoded = back;
        }
        var length = Varint.Length(encoded);
        for (var slot = 0; slot < NearSize; slot++)
        {
            var ahead = address - _near[slot];
            if (ahead < 0 || ahead >= encoded) continue;
            var aheadLength = Varint.Length(ahead);
            if (aheadLength >= length) continue;
            (mode, encoded, length) = (FirstNear + slot, ahead, aheadLength);
        }
        if (length > 1)
        {
            var slot = (int)((ulong)address % (SameSize * 256));
            if (_same[slot] == address)
            {
                mode = FirstSame + slot / 256;
                encoded = slot % 256;
            }
        }
        Update(address);
        return mode;
    }

    /// <summary>The address that a relative <paramref name="mode"/> (not a "same" one) and a number stand for.</summary>
    /// <returns>Possibly out of bounds, even negative: the caller checks.</returns>
    public long Resolve(int mode, long value, long here) => mode switch
    {
        Self => value,
        Here => here - value,
        _ => unchecked(_near[mode - FirstNear] + value),
    };

    /// <summary>The address that a "same" mode and its byte stand for.</summary>
    public long ResolveSame(int mode, byte value) => _same[(mode - FirstSame) * 256 + value];

    /// <summary>Remembers an address that was used.</summary>
    public void Update(long address)
    {
        _near[_next] = address;
        _next = (_next + 1) % NearSize;
        _same[(int)((ulong)address % (SameSize * 256))] = address;
    }
}
