using System.Runtime.InteropServices;

namespace DeltaGlider.Vcdiff.Memory;

/// <summary>A growable list of plain values outside the managed heap.</summary>
internal sealed unsafe class NativeList<T> : IDisposable where T : unmanaged
{
    private T* _items;
    private int _capacity;

    public int Count { get; private set; }

    public ref T this[int index] => ref _items[index];

    public Span<T> Span => new(_items, Count);

    public void Clear() => Count = 0;

    public void Add(in T item)
    {
        if (Count == _capacity) Grow();
        _items[Count++] = item;
    }

    public void RemoveLast() => Count--;

    public void Dispose()
    {
        NativeMemory.Free(_items);
        _items = null;
        _capacity = Count = 0;
    }

    private void Grow()
    {
        var wanted = Math.Max(256, checked(_capacity * 2));
        _items = (T*)NativeMemory.Realloc(_items, checked((nuint)wanted * (nuint)sizeof(T)));
        _capacity = wanted;
    }
}
