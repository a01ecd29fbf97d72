using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Deep.Inflate;

/// <summary>Finds out where a stream ends and how much it holds, when nobody says so: by inflating it to memory that is given back.</summary>
internal sealed unsafe class InflateMeter : IDisposable
{
    private const long FirstGuess = 8;
    private const long MinRoom = 1 << 16;

    private readonly Inflater _inflater = new();
    private NativeMemoryHandle? _room;
    private long _capacity;

    /// <summary>How the stream ends; with <see cref="InflateStatus.OutputFull"/> when it holds more than <paramref name="maxPlainBytes"/>.</summary>
    public InflateResult Measure(byte* input, long length, long maxPlainBytes, CancellationToken cancellationToken)
    {
        var most = Math.Min(maxPlainBytes, Inflation.MaxPlain(length));
        while (true)
        {
            if (_capacity == 0) Reserve(Math.Min(most, Math.Max(MinRoom, length * FirstGuess)));
            var result = _inflater.Run(input, length, (byte*)_room!.DangerousGetHandle(), Math.Min(_capacity, most), cancellationToken);
            if (result.Status != InflateStatus.OutputFull || _capacity >= most) return result;
            Reserve(Math.Min(most, _capacity * 4));
        }
    }

    public void Dispose() => _room?.Dispose();

    // What is never written to takes no memory on the systems that matter.
    private void Reserve(long capacity)
    {
        _room?.Dispose();
        _room = new NativeMemoryHandle(capacity);
        _capacity = capacity;
    }
}
