using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Vcdiff.Secondary.Lzma;

/// <summary>
/// What earlier sections decoded to, as far back as the dictionary reaches: a ring that grows with what is put into
/// it, because the declared size may say 4 GiB where a few kilobytes are ever used.
/// </summary>
internal sealed unsafe class LzmaHistory(int capacity) : IDisposable
{
    private readonly NativeBuffer _ring = new();
    private int _head;

    /// <summary>Bytes that can be looked back at.</summary>
    public int Available { get; private set; }

    /// <summary>True when something was dropped, so that a distance may be right and yet not be served.</summary>
    public bool IsFull => Available == capacity;

    /// <summary>Memory taken outside the managed heap.</summary>
    public long NativeBytes => _ring.Capacity;

    public void Clear() => _head = Available = 0;

    /// <summary>The byte <paramref name="back"/> before the end: 0 is the last one.</summary>
    public byte this[int back]
    {
        get
        {
            var index = _head - 1 - back;
            return _ring.Pointer[index < 0 ? index + capacity : index];
        }
    }

    /// <summary>Copies <paramref name="count"/> bytes that start <paramref name="back"/> + 1 before the end.</summary>
    public void CopyTo(byte* destination, int back, int count)
    {
        var index = _head - 1 - back;
        if (index < 0) index += capacity;
        var first = Math.Min(count, capacity - index);
        Buffer.MemoryCopy(_ring.Pointer + index, destination, first, first);
        Buffer.MemoryCopy(_ring.Pointer, destination + first, count - first, count - first);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > capacity) bytes = bytes[^capacity..];
        if (bytes.IsEmpty) return;
        // Until the ring is full it has not wrapped, so growing it may move it as one piece.
        if (Available < capacity) _ring.Reserve((int)Math.Min((long)Available + bytes.Length, capacity), capacity);

        var first = Math.Min(bytes.Length, capacity - _head);
        bytes[..first].CopyTo(new Span<byte>(_ring.Pointer + _head, first));
        bytes[first..].CopyTo(new Span<byte>(_ring.Pointer, bytes.Length - first));
        _head += bytes.Length;
        if (_head >= capacity) _head -= capacity;
        Available = (int)Math.Min((long)Available + bytes.Length, capacity);
    }

    public void Dispose() => _ring.Dispose();
}
