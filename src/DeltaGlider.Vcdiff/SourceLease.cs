using System.Runtime.InteropServices;

namespace DeltaGlider.Vcdiff;

/// <summary>One user's hold on the memory of a <see cref="SourceBuffer"/>.</summary>
internal sealed class SourceLease : IDisposable
{
    private SafeHandle? _handle;

    public SourceLease(SafeHandle handle)
    {
        var held = false;
        handle.DangerousAddRef(ref held); // throws ObjectDisposedException when a Dispose came first
        _handle = handle;
    }

    public void Dispose() => Interlocked.Exchange(ref _handle, null)?.DangerousRelease();
}
