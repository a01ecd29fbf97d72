using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DeltaGlider.Vcdiff.Format;

namespace DeltaGlider.Vcdiff.Decode;

/// <summary>
/// Carries out the instructions of one window (RFC 3284 section 5): builds the target window from the segment,
/// from itself and from literals.
/// </summary>
internal unsafe ref struct WindowExecutor
{
    private readonly byte* _segment;
    private readonly long _segmentLength;
    private readonly byte* _target;
    private readonly long _targetLength;
    private readonly AddressCache _cache;
    private SectionCursor _data;
    private SectionCursor _instructions;
    private SectionCursor _addresses;
    private long _filled;

    public WindowExecutor(
        byte* segment, long segmentLength, byte* target, long targetLength,
        SectionCursor data, SectionCursor instructions, SectionCursor addresses, AddressCache cache)
    {
        _segment = segment;
        _segmentLength = segmentLength;
        _target = target;
        _targetLength = targetLength;
        _cache = cache;
        _data = data;
        _instructions = instructions;
        _addresses = addresses;
    }

    /// <summary>Runs to the end of the instructions, all sections used up and the window exactly full.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        _cache.Reset();
        ref var rows = ref MemoryMarshal.GetReference(CodeTable.Default);
        for (uint done = 1; !_instructions.IsAtEnd; done++)
        {
            if (done % 4096 == 0) cancellationToken.ThrowIfCancellationRequested();
            ref var row = ref Unsafe.Add(ref rows, (nuint)_instructions.ReadByte());
            Execute(row.Type1, row.Size1, row.Mode1);
            if (row.Type2 != InstructionType.None) Execute(row.Type2, row.Size2, row.Mode2);
        }
        if (_filled != _targetLength)
            _instructions.Fail(VcdiffError.Malformed, $"The instructions make {_filled} of the window's {_targetLength} bytes");
        if (!_data.IsAtEnd) _data.Fail(VcdiffError.Malformed, "The data section has bytes that no instruction uses");
        if (!_addresses.IsAtEnd) _addresses.Fail(VcdiffError.Malformed, "The address section has bytes that no instruction uses");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Execute(InstructionType type, long size, int mode)
    {
        if (size == 0) size = _instructions.ReadVarint();
        if (size > _targetLength - _filled) _instructions.Fail(VcdiffError.Malformed, "An instruction overfills the window");
        switch (type)
        {
            case InstructionType.Copy:
                Copy(size, mode);
                break;
            case InstructionType.Add:
                Move(_data.Take(size), _target + _filled, size);
                break;
            default:
                Unsafe.InitBlockUnaligned(_target + _filled, _data.ReadByte(), (uint)size);
                break;
        }
        _filled += size;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Copy(long size, int mode)
    {
        var here = _segmentLength + _filled;
        var address = mode >= AddressCache.FirstSame
            ? _cache.ResolveSame(mode, _addresses.ReadByte())
            : _cache.Resolve(mode, _addresses.ReadVarint(), here);
        if ((ulong)address >= (ulong)here) _addresses.Fail(VcdiffError.InvalidAddress, $"A COPY from {address} is outside the {here} bytes known");
        _cache.Update(address);

        var to = _target + _filled;
        if (address + size <= _segmentLength)
        {
            Move(_segment + address, to, size);
            return;
        }
        if (address < _segmentLength)
        {
            // The RFC lets a COPY run from the segment into the target; no encoder known does it.
            var first = _segmentLength - address;
            Move(_segment + address, to, first);
            to += first;
            size -= first;
            address = _segmentLength;
        }
        CopyWithinTarget(_target + (address - _segmentLength), to, size);
    }

    /// <summary>Copies forward, byte after byte in effect: what is copied may be produced by the same COPY.</summary>
    private static void CopyWithinTarget(byte* from, byte* to, long size)
    {
        var distance = to - from;
        while (size > distance)
        {
            // The bytes from `from` to `to` are a whole period; copying it doubles it.
            Move(from, to, distance);
            to += distance;
            size -= distance;
            distance *= 2;
        }
        Move(from, to, size);
    }

    /// <summary>Copies between places that do not overlap. Most copies are short: those skip the call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Move(byte* from, byte* to, long size)
    {
        if (size >= 16)
        {
            if (size > 32)
            {
                Buffer.MemoryCopy(from, to, size, size);
                return;
            }
            var head = Vector128.Load(from);
            var tail = Vector128.Load(from + size - 16);
            head.Store(to);
            tail.Store(to + size - 16);
        }
        else if (size >= 4)
        {
            if (size >= 8)
            {
                var head = Unsafe.ReadUnaligned<ulong>(from);
                var tail = Unsafe.ReadUnaligned<ulong>(from + size - 8);
                Unsafe.WriteUnaligned(to, head);
                Unsafe.WriteUnaligned(to + size - 8, tail);
                return;
            }
            var start = Unsafe.ReadUnaligned<uint>(from);
            var end = Unsafe.ReadUnaligned<uint>(from + size - 4);
            Unsafe.WriteUnaligned(to, start);
            Unsafe.WriteUnaligned(to + size - 4, end);
        }
        else
        {
            for (long at = 0; at < size; at++) to[at] = from[at];
        }
    }
}
