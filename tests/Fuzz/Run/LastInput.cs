using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;

namespace DeltaGlider.Fuzz.Run;

/// <summary>
/// The input that a worker executes, in a mapped file that outlives the process: what is left of a find that ends it.
/// The number of the execution comes first, then the length of the input, eight and four bytes, then the input.
/// </summary>
internal sealed class LastInput : IDisposable
{
    private const int Room = 1 << 20, Head = 12;
    private readonly string _path;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte[] _head = new byte[Head];

    public LastInput(string folder, int worker)
    {
        Directory.CreateDirectory(folder);
        _path = Path.Combine(folder, $"running-{worker}.bin");
        _file = MemoryMappedFile.CreateFromFile(_path, FileMode.Create, null, Room + Head);
        _view = _file.CreateViewAccessor();
    }

    public void Set(long execution, byte[] input)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_head, execution);
        BinaryPrimitives.WriteInt32LittleEndian(_head.AsSpan(8), input.Length);
        _view.WriteArray(0, _head, 0, Head);
        _view.WriteArray(Head, input, 0, Math.Min(input.Length, Room));
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
        File.Delete(_path);
    }
}
