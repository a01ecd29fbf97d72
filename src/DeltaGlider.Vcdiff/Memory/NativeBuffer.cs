using System.Runtime.InteropServices;

namespace DeltaGlider.Vcdiff.Memory;

/// <summary>
/// A growable unmanaged buffer, reused from window to window: windows and sections of megabytes would each land
/// on the large object heap otherwise.
/// </summary>
internal sealed unsafe class NativeBuffer : IDisposable
{
    private byte* _pointer;
    private int _capacity;
    private NativeMemoryManager? _manager;

    public byte* Pointer => _pointer;

    public int Capacity => _capacity;

    /// <summary>Bytes in use; what <see cref="Append(byte)"/> and its kin advance.</summary>
    public int Length { get; set; }

    public Span<byte> Span => new(_pointer, Length);

    /// <summary>The bytes in use as memory for stream calls; valid until the buffer grows or is disposed.</summary>
    public Memory<byte> Memory => (_manager ??= new NativeMemoryManager(_pointer, _capacity)).Memory[..Length];

    /// <summary>Makes room for <paramref name="capacity"/> bytes, keeping those in use.</summary>
    /// <param name="capacity">The bytes asked for.</param>
    /// <param name="most">More than which there will never be: room kept for growth ends there.</param>
    public void Reserve(int capacity, int most = int.MaxValue)
    {
        if (capacity <= _capacity && _pointer != null) return;
        // A growing section doubles; a first request is served exactly, as it is usually a known window size.
        var wanted = _capacity == 0 ? capacity : (int)Math.Min(Math.Max((long)_capacity * 2, capacity), Math.Min(most, Array.MaxLength));
        _pointer = (byte*)NativeMemory.Realloc(_pointer, (nuint)Math.Max(wanted, 64));
        _capacity = Math.Max(wanted, 64);
        _manager = null;
    }

    /// <summary>
    /// Makes the buffer exactly <paramref name="length"/> bytes in use, without caring for what was in it. It takes no
    /// more memory than the largest length asked for, so what limits lengths limits memory.
    /// </summary>
    public void Resize(int length)
    {
        if (length > _capacity) Dispose();
        Reserve(length);
        Length = length;
    }

    public void Append(byte value)
    {
        if (Length == _capacity) Reserve(Length + 1);
        _pointer[Length++] = value;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(checked(Length + bytes.Length));
        bytes.CopyTo(new Span<byte>(_pointer + Length, bytes.Length));
        Length += bytes.Length;
    }

    public void AppendVarint(long value)
    {
        Reserve(checked(Length + Format.Varint.MaxLength));
        Length += Format.Varint.Write(_pointer + Length, value);
    }

    public void Dispose()
    {
        NativeMemory.Free(_pointer);
        _pointer = null;
        _capacity = 0;
        Length = 0;
        _manager = null;
    }
}
