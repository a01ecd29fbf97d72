using DeltaGlider.Vcdiff.Format;

namespace DeltaGlider.Fuzz.Targets;

/// <summary>The instructions of a window carried out byte by byte, as RFC 3284 says it: slow, and easy to believe.</summary>
internal sealed class NaiveWindow(byte[] segment, byte[] data, byte[] instructions, byte[] addresses, int targetLength)
{
    private readonly List<byte> _target = [];
    private readonly long[] _near = new long[4];
    private readonly long[] _same = new long[3 * 256];
    private int _next, _data, _instruction, _address;

    /// <summary>The window, or null where it is not valid.</summary>
    public byte[]? Run()
    {
        while (_instruction < instructions.Length)
        {
            var row = CodeTable.Default[instructions[_instruction++]];
            if (!Execute(row.Type1, row.Size1, row.Mode1)) return null;
            if (row.Type2 != InstructionType.None && !Execute(row.Type2, row.Size2, row.Mode2)) return null;
        }
        return _target.Count == targetLength && _data == data.Length && _address == addresses.Length ? [.. _target] : null;
    }

    private bool Execute(InstructionType type, long size, int mode)
    {
        if (size == 0 && !TryReadVarint(instructions, ref _instruction, out size)) return false;
        if (size > targetLength - _target.Count) return false;
        switch (type)
        {
            case InstructionType.Add:
                if (size > data.Length - _data) return false;
                for (; size > 0; size--) _target.Add(data[_data++]);
                return true;
            case InstructionType.Run:
                if (_data == data.Length) return false;
                var value = data[_data++];
                for (; size > 0; size--) _target.Add(value);
                return true;
            default:
                return Copy(size, mode);
        }
    }

    private bool Copy(long size, int mode)
    {
        long here = segment.Length + (long)_target.Count, address;
        if (mode >= 6)
        {
            if (_address == addresses.Length) return false;
            address = _same[((mode - 6) * 256) + addresses[_address++]];
        }
        else
        {
            if (!TryReadVarint(addresses, ref _address, out var value)) return false;
            address = mode switch { 0 => value, 1 => here - value, _ => unchecked(_near[mode - 2] + value) };
        }
        if (address < 0 || address >= here) return false;
        _near[_next] = address;
        _next = (_next + 1) % 4;
        _same[address % 768] = address;
        for (; size > 0; size--, address++)
            _target.Add(address < segment.Length ? segment[address] : _target[(int)(address - segment.Length)]);
        return true;
    }

    private static bool TryReadVarint(byte[] bytes, ref int at, out long value)
    {
        value = 0;
        for (var first = at; at < bytes.Length;)
        {
            var next = bytes[at++];
            if ((next == 0x80 && at == first + 1) || value > long.MaxValue >> 7) return false;
            value = (value << 7) | (uint)(next & 0x7F);
            if (next < 0x80) return true;
        }
        return false;
    }
}
