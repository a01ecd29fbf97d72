using System.Runtime.InteropServices;

namespace DeltaGlider.Fuzz.Targets;

/// <summary>
/// Memory between two pages that may not be touched, so that a read or write beyond it ends the process at once.
/// Without such pages (not on Linux) there are bytes around it that must not change.
/// </summary>
internal sealed unsafe partial class GuardedBuffer : IDisposable
{
    private const int Page = 4096;
    private const byte Canary = 0xA7;
    private readonly byte* _memory;
    private readonly int _room;
    private readonly bool _mapped;
    private byte* _used;
    private int _length;

    public GuardedBuffer(int capacity)
    {
        _room = (capacity + Page - 1) / Page * Page;
        _mapped = OperatingSystem.IsLinux();
        if (_mapped)
        {
            _memory = (byte*)Map(0, (nuint)(_room + 2 * Page), 0, 0x22, -1, 0); // PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS
            if (_memory == (byte*)-1 || Protect((nint)(_memory + Page), (nuint)_room, 3) != 0) throw new InvalidOperationException("No guarded memory.");
        }
        else
        {
            _memory = (byte*)NativeMemory.Alloc((nuint)(_room + 2 * Page));
            new Span<byte>(_memory, _room + 2 * Page).Fill(Canary);
        }
    }

    /// <summary>So many bytes that touch the guard at their end or at their start.</summary>
    public Span<byte> Take(int length, bool atEnd)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, _room);
        _used = atEnd ? _memory + Page + _room - length : _memory + Page;
        _length = length;
        return new Span<byte>(_used, length);
    }

    /// <summary>The first of the bytes taken last.</summary>
    public byte* Pointer => _used;

    /// <summary>Looks at what lies around the bytes taken last, where pages cannot guard it.</summary>
    public bool IsIntact() => _mapped
        || (!new ReadOnlySpan<byte>(_memory, Page).ContainsAnyExcept(Canary)
            && !new ReadOnlySpan<byte>(_memory + Page + _room, Page).ContainsAnyExcept(Canary)
            && _length >= 0);

    public void Dispose()
    {
        if (_mapped) _ = Unmap((nint)_memory, (nuint)(_room + 2 * Page));
        else NativeMemory.Free(_memory);
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint length);
}
