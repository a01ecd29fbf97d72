using System.Runtime.InteropServices;

namespace DeltaGlider.Benchmarks.Helpers;

/// <summary>Unmanaged memory with repeatable content, as the helpers get it in the codec.</summary>
internal sealed unsafe class HelperData : IDisposable
{
    public HelperData(int length, int seed, int values = 256)
    {
        Length = length;
        Pointer = (byte*)NativeMemory.AlignedAlloc((nuint)length, 64);
        var random = new Random(seed);
        var span = Span;
        random.NextBytes(span);
        if (values < 256)
            foreach (ref var value in span) value = (byte)(value % values);
    }

    public byte* Pointer { get; }

    public int Length { get; }

    public Span<byte> Span => new(Pointer, Length);

    public void Dispose() => NativeMemory.AlignedFree(Pointer);
}
