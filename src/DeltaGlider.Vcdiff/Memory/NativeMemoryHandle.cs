using System.Runtime.InteropServices;

namespace DeltaGlider.Vcdiff.Memory;

/// <summary>Unmanaged memory that is freed once, and only after the last user has let go of it.</summary>
internal sealed unsafe class NativeMemoryHandle : SafeHandle
{
    /// <summary>Allocates at least one byte, so that an empty buffer has an address too.</summary>
    public NativeMemoryHandle(long length) : base(0, ownsHandle: true)
    {
        SetHandle((nint)NativeMemory.Alloc(checked((nuint)Math.Max(length, 1))));
        _pressure = length;
        if (_pressure > 0) GC.AddMemoryPressure(_pressure);
    }

    private readonly long _pressure;

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        if (_pressure > 0) GC.RemoveMemoryPressure(_pressure);
        return true;
    }
}
