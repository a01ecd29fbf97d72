using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Deep;

/// <summary>Keeps what is written to it, up to a limit; beyond that it only counts.</summary>
internal sealed class BufferStream(long limit = int.MaxValue) : WriteOnlyStream
{
    /// <summary>What was written, if it is all.</summary>
    public NativeBuffer Bytes { get; } = new();

    /// <summary>How much was written.</summary>
    public long Count { get; private set; }

    /// <summary>Everything is there.</summary>
    public bool IsWhole => Count == Bytes.Length;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Count += buffer.Length;
        if (Count <= limit) Bytes.Append(buffer);
        else Bytes.Dispose();
    }

    protected override void Dispose(bool disposing)
    {
        Bytes.Dispose();
        base.Dispose(disposing);
    }
}
