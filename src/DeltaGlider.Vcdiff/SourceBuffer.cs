using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Vcdiff;

/// <summary>
/// The reference that deltas are made against: contiguous, read-only memory that may exceed 2 GiB. It may be
/// disposed while encodes or decodes still run: the memory lives until the last of them ends, and new ones are
/// refused with <see cref="ObjectDisposedException"/>.
/// </summary>
public sealed class SourceBuffer : IDisposable
{
    private readonly SafeHandle _handle;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly bool _writable;
    private readonly unsafe byte* _pointer;
    private int _disposed;

    private unsafe SourceBuffer(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var memory = new NativeMemoryHandle(length);
        _handle = memory;
        _pointer = (byte*)memory.DangerousGetHandle();
        _writable = true;
        Length = length;
    }

    private unsafe SourceBuffer(MemoryMappedViewAccessor view, long length)
    {
        var handle = view.SafeMemoryMappedViewHandle;
        byte* pointer = null;
        handle.AcquirePointer(ref pointer);
        _view = view;
        _handle = handle;
        _pointer = pointer + view.PointerOffset;
        Length = length;
    }

    /// <summary>Bytes in the buffer.</summary>
    public long Length { get; private set; }

    /// <summary>The first byte. Only valid while a <see cref="Lease"/> is held.</summary>
    internal unsafe byte* Pointer => _pointer;

    /// <summary>Unmanaged memory of undefined content, to be filled through <see cref="WritableSlice"/>.</summary>
    public static SourceBuffer Allocate(long length) => new(length);

    /// <summary>A copy of <paramref name="bytes"/>.</summary>
    public static unsafe SourceBuffer CopyOf(ReadOnlySpan<byte> bytes)
    {
        var buffer = new SourceBuffer(bytes.Length);
        bytes.CopyTo(new Span<byte>(buffer._pointer, bytes.Length));
        return buffer;
    }

    /// <summary>
    /// Maps a file read-only. The file must keep its length while it is mapped: reading a page that was cut off
    /// ends the process on most systems.
    /// </summary>
    public static SourceBuffer MapFile(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        var length = file.Length;
        if (length == 0) return new SourceBuffer(0); // an empty file cannot be mapped
        using var map = MemoryMappedFile.CreateFromFile(
            file, mapName: null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        return new SourceBuffer(map.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read), length);
    }

    /// <summary>Reads exactly <paramref name="length"/> bytes, which must be all that the stream has.</summary>
    /// <exception cref="EndOfStreamException">The stream is shorter.</exception>
    /// <exception cref="InvalidDataException">The stream is longer.</exception>
    public static async ValueTask<SourceBuffer> ReadAsync(Stream stream, long length, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var buffer = new SourceBuffer(length);
        try
        {
            for (long filled = 0; filled < length;)
            {
                var chunk = buffer.MemoryAt(filled, (int)Math.Min(length - filled, 1 << 20));
                var read = await stream.ReadAsync(chunk, cancellationToken).ConfigureAwait(false);
                if (read == 0) throw new EndOfStreamException($"The source ended after {filled} of {length} bytes.");
                filled += read;
            }
            if (await stream.ReadAsync(new byte[1], cancellationToken).ConfigureAwait(false) != 0)
                throw new InvalidDataException($"The source is longer than the {length} bytes that were promised.");
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>A view of some bytes. It must not be used after <see cref="Dispose"/>.</summary>
    public unsafe ReadOnlySpan<byte> Slice(long offset, int length)
    {
        CheckRange(offset, length);
        return new ReadOnlySpan<byte>(_pointer + offset, length);
    }

    /// <summary>A view of some bytes of an allocated buffer, to fill it before its first use.</summary>
    /// <exception cref="InvalidOperationException">The buffer is a mapped file.</exception>
    public unsafe Span<byte> WritableSlice(long offset, int length)
    {
        if (!_writable) throw new InvalidOperationException("A mapped file is read-only.");
        CheckRange(offset, length);
        return new Span<byte>(_pointer + offset, length);
    }

    /// <summary>The buffer as a seekable, read-only stream, which does not own it.</summary>
    public Stream OpenRead()
    {
        ThrowIfDisposed();
        return new SourceStream(this);
    }

    /// <summary>Lets go of the memory; it is freed when the last encode or decode that uses it ends.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        if (_view != null)
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
        }
        _handle.Dispose();
    }

    /// <summary>Gives up the bytes from <paramref name="length"/> on, before the buffer's first use.</summary>
    internal void CutTo(long length)
    {
        CheckRange(length, 0);
        Length = length;
    }

    /// <summary>Keeps the memory alive until the lease is disposed.</summary>
    internal SourceLease Lease()
    {
        ThrowIfDisposed();
        return new SourceLease(_handle);
    }

    private unsafe Memory<byte> MemoryAt(long offset, int length) => new NativeMemoryManager(_pointer + offset, length).Memory;

    private void CheckRange(long offset, int length)
    {
        ThrowIfDisposed();
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (offset > Length - length)
            throw new ArgumentOutOfRangeException(nameof(offset), offset, $"{length} bytes from there leave a buffer of {Length} bytes.");
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
}
