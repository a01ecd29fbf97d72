namespace DeltaGlider.Vcdiff.Tests;

public sealed class SourceBufferTests : IDisposable
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public async Task Every_way_to_make_one_gives_the_same_bytes(int length)
    {
        var bytes = Samples.Random(length);
        await File.WriteAllBytesAsync(_path, bytes, Cancellation);
        using var mapped = SourceBuffer.MapFile(_path);
        using var copied = SourceBuffer.CopyOf(bytes);
        using var read = await SourceBuffer.ReadAsync(new MemoryStream(bytes), length, Cancellation);
        using var allocated = SourceBuffer.Allocate(length);
        bytes.CopyTo(allocated.WritableSlice(0, length));
        foreach (var buffer in new[] { mapped, copied, read, allocated })
        {
            Assert.Equal(length, buffer.Length);
            Assert.Equal(bytes, buffer.Slice(0, length).ToArray());
            using var stream = buffer.OpenRead();
            var all = new MemoryStream();
            await stream.CopyToAsync(all, Cancellation);
            Assert.Equal(bytes, all.ToArray());
            stream.Seek(-Math.Min(5, length), SeekOrigin.End);
            Assert.Equal(bytes.TakeLast(5), bytes[(int)stream.Position..]);
            Assert.Equal(Math.Min(5, length), await stream.ReadAtLeastAsync(new byte[10], 10, throwOnEndOfStream: false, Cancellation));
        }
    }

    [Fact]
    public async Task A_stream_of_another_length_is_refused()
    {
        await Assert.ThrowsAsync<EndOfStreamException>(async () => await SourceBuffer.ReadAsync(new MemoryStream(new byte[9]), 10, Cancellation));
        await Assert.ThrowsAsync<InvalidDataException>(async () => await SourceBuffer.ReadAsync(new MemoryStream(new byte[11]), 10, Cancellation));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(0, 11)]
    [InlineData(10, 1)]
    [InlineData(long.MaxValue, 1)]
    public void A_slice_outside_is_refused(long offset, int length)
    {
        using var buffer = SourceBuffer.Allocate(10);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = buffer.Slice(offset, length));
    }

    [Fact]
    public void A_mapped_file_is_not_written_to()
    {
        File.WriteAllBytes(_path, new byte[10]);
        using var buffer = SourceBuffer.MapFile(_path);
        Assert.Throws<InvalidOperationException>(() => { buffer.WritableSlice(0, 1)[0] = 1; });
    }

    [Fact]
    public async Task After_dispose_every_use_is_refused()
    {
        File.WriteAllBytes(_path, new byte[10]);
        foreach (var buffer in new[] { SourceBuffer.Allocate(10), SourceBuffer.MapFile(_path) })
        {
            var stream = buffer.OpenRead();
            buffer.Dispose();
            buffer.Dispose();
            Assert.Throws<ObjectDisposedException>(() => _ = buffer.Slice(0, 1));
            Assert.Throws<ObjectDisposedException>(() => buffer.OpenRead());
            Assert.Throws<ObjectDisposedException>(() => stream.ReadByte());
            await Assert.ThrowsAsync<ObjectDisposedException>(async () =>
                await new VcdiffEncoder(buffer).EncodeAsync(Stream.Null, Stream.Null, Cancellation));
            await Assert.ThrowsAsync<ObjectDisposedException>(async () =>
                await new VcdiffDecoder(buffer).DecodeAsync(Stream.Null, Stream.Null, Cancellation));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Disposing_under_a_running_encode_lets_it_finish(bool mapped)
    {
        var bytes = Samples.Random(3_000_000);
        File.WriteAllBytes(_path, bytes);
        byte[] target = [.. bytes.AsSpan(1_000_000), .. bytes.AsSpan(0, 1_000_000)];
        var buffer = mapped ? SourceBuffer.MapFile(_path) : SourceBuffer.CopyOf(bytes);
        var input = new GateStream(target);
        var delta = new MemoryStream();
        var encode = new VcdiffEncoder(buffer, new() { WindowSize = 100_000 }).EncodeAsync(input, delta, Cancellation).AsTask();
        await input.Reached.Task;
        buffer.Dispose();
        input.Gate.SetResult();
        await encode;
        Codec.AssertSame(target, Codec.Decode(bytes, delta.ToArray()));
    }

    /// <summary>Waits half-way until the test lets it go on.</summary>
    private sealed class GateStream(byte[] bytes) : MemoryStream(bytes)
    {
        public TaskCompletionSource Reached { get; } = new();

        public TaskCompletionSource Gate { get; } = new();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position > Length / 2)
            {
                Reached.TrySetResult();
                await Gate.Task;
            }
            return Read(buffer.Span);
        }
    }
}
