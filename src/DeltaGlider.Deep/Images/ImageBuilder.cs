using DeltaGlider.Deep.Inflate;
using DeltaGlider.Vcdiff;
using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Deep.Images;

/// <summary>
/// Puts the image of a file together in one piece of memory. Each part gets room for both its forms, so that a stream that
/// is not what it seems can go back to its compressed form; in the end the gaps are closed.
/// </summary>
internal sealed unsafe class ImageBuilder : IDisposable
{
    private readonly SourceBuffer _file;
    private readonly ImagePart[] _parts;
    private readonly long[] _places;
    private readonly int[] _tails;
    private readonly int _degreeOfParallelism;
    private readonly bool _isExact;
    private readonly SourceBuffer _image;
    private int _failed = -1;
    private bool _isDone;

    /// <param name="file">The file.</param>
    /// <param name="parts">What the image is made of.</param>
    /// <param name="degreeOfParallelism">Streams inflated at once.</param>
    /// <param name="isExact">Every part must be what it says, so that none needs more room.</param>
    public ImageBuilder(SourceBuffer file, IEnumerable<ImagePart> parts, int degreeOfParallelism, bool isExact = false)
    {
        _file = file;
        _parts = [.. parts];
        _degreeOfParallelism = degreeOfParallelism;
        _places = new long[_parts.Length];
        _tails = new int[_parts.Length];
        long length = 0;
        for (var i = 0; i < _parts.Length; i++)
        {
            _places[i] = length;
            length += isExact ? _parts[i].PlainLength : RoomFor(_parts[i]);
        }

        _image = SourceBuffer.Allocate(length);
        _isExact = isExact;
    }

    /// <summary>A part that was not what it said; -1 when there was none.</summary>
    public int Failed => _failed;

    /// <summary>The parts, as far as they have turned out yet.</summary>
    public IReadOnlyList<ImagePart> Parts => _parts;

    /// <summary>The memory that a part takes while an image is made.</summary>
    public static long RoomFor(ImagePart part) => part.IsInflated ? Math.Max(part.Length, part.PlainLength) + MaxTail(part.Length) : part.Length;

    /// <summary>How many bytes at a stream's end may be kept as they are, behind what it holds.</summary>
    public static int MaxTail(long length) => (int)Math.Min(length / 4, 64 * 1024);

    /// <summary>Fills the image. Streams that do not inflate to what was said become raw parts.</summary>
    public void Fill(CancellationToken cancellationToken)
    {
        using var fileLease = _file.Lease();
        using var imageLease = _image.Lease();
        var options = new ParallelOptions { MaxDegreeOfParallelism = _degreeOfParallelism, CancellationToken = cancellationToken };
        Parallel.For(0, _parts.Length, options, () => new Inflater(), (i, _, inflater) =>
        {
            var part = _parts[i];
            if (part.IsInflated && IsWhatItSays(inflater, part, _image.Pointer + _places[i], cancellationToken)) return inflater;
            if (part.IsInflated && _isExact) Volatile.Write(ref _failed, i);
            else KeepRaw(i);
            return inflater;
        }, _ => { });
    }

    /// <summary>A stream's compressed bytes, at most 2 GiB.</summary>
    public ReadOnlyMemory<byte> Deflated(int number) => new NativeMemoryManager(_file.Pointer + _parts[number].Offset, (int)_parts[number].Length).Memory;

    /// <summary>What a stream holds, at most 2 GiB.</summary>
    public ReadOnlySpan<byte> Plain(int number) => _image.Slice(_places[number], (int)_parts[number].PlainLength);

    /// <summary>Puts the compressed bytes of a part in the place of what they hold.</summary>
    public void KeepRaw(int number)
    {
        var part = _parts[number];
        var to = _image.Pointer + _places[number];
        Buffer.MemoryCopy(_file.Pointer + part.Offset, to, part.Length, part.Length);
        _parts[number] = ImagePart.Raw(part.Offset, part.Length);
    }

    /// <summary>Puts a stream's last compressed bytes behind what it holds.</summary>
    public void KeepTail(int number, int count)
    {
        var part = _parts[number];
        Buffer.MemoryCopy(_file.Pointer + part.Offset + part.Length - count, _image.Pointer + _places[number] + part.PlainLength, count, count);
        _tails[number] = count;
    }

    /// <summary>Closes the gaps and hands the image over.</summary>
    public SourceBuffer Finish()
    {
        long length = 0;
        for (var i = 0; i < _parts.Length; i++)
        {
            var count = _parts[i].PlainLength + _tails[i];
            if (length != _places[i]) Buffer.MemoryCopy(_image.Pointer + _places[i], _image.Pointer + length, count, count);
            length += count;
        }

        _image.CutTo(length);
        _isDone = true;
        return _image;
    }

    public void Dispose()
    {
        if (!_isDone) _image.Dispose();
    }

    private bool IsWhatItSays(Inflater inflater, ImagePart part, byte* to, CancellationToken cancellationToken)
    {
        var result = inflater.Run(_file.Pointer + part.Offset, part.Length, to, part.PlainLength, cancellationToken);
        return result.Status == InflateStatus.Ended && result.Consumed == part.Length && result.Produced == part.PlainLength;
    }
}
