namespace DeltaGlider.Vcdiff.Tests;

/// <summary>What callers rely on beyond the bytes: sharing, determinism, laziness, cancellation.</summary>
public class EncoderBehaviourTests
{
    private static readonly byte[] Source = Samples.Random(2_000_000);

    [Fact]
    public async Task Concurrent_encodes_on_one_encoder_equal_sequential_ones()
    {
        var targets = Enumerable.Range(0, 8).Select(i => Samples.Edit(Source, 100, seed: i + 1)).ToArray();
        var expected = targets.Select(target => Codec.Encode(Source, target)).ToArray();
        using var buffer = SourceBuffer.CopyOf(Source);
        var encoder = new VcdiffEncoder(buffer);
        var deltas = await Task.WhenAll(targets.Select(target => Task.Run(() => Codec.Encode(encoder, target))));
        for (var i = 0; i < targets.Length; i++) Codec.AssertSame(expected[i], deltas[i]);
    }

    [Fact]
    public void The_same_delta_whether_or_not_the_encoder_was_used_before()
    {
        using var buffer = SourceBuffer.CopyOf(Source);
        var encoder = new VcdiffEncoder(buffer, new() { WindowSize = 300_000 });
        var target = Samples.Edit(Source, 50);
        var first = Codec.Encode(encoder, target);
        Codec.Encode(encoder, Samples.Text(500_000));
        Codec.AssertSame(first, Codec.Encode(encoder, target));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(64)]
    public void The_same_delta_whatever_the_degree_of_parallelism(int degree)
    {
        var target = Samples.Edit(Source, 200);
        Codec.AssertSame(
            Codec.Encode(Source, target, new() { WindowSize = 100_000 }),
            Codec.Encode(Source, target, new() { WindowSize = 100_000, DegreeOfParallelism = degree }));
    }

    [Fact]
    public async Task A_delta_stream_that_fails_stops_all_windows_before_their_memory_is_freed()
    {
        using var buffer = SourceBuffer.CopyOf(Source);
        var encoder = new VcdiffEncoder(buffer, new() { WindowSize = 100_000, DegreeOfParallelism = 8 });
        for (var round = 0; round < 20; round++)
        {
            // The file header fits, the first window does not.
            var full = new MemoryStream(new byte[20]);
            await Assert.ThrowsAsync<NotSupportedException>(async () => await encoder.EncodeAsync(
                new MemoryStream(Samples.Random(1_000_000, round + 2)), full, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public void Equal_inputs_and_small_edits_never_build_the_index()
    {
        using var buffer = SourceBuffer.CopyOf(Source);
        var encoder = new VcdiffEncoder(buffer, new() { WindowSize = 1 << 20 });
        Codec.Encode(encoder, Source);
        var changed = Source.ToArray();
        changed[777_777] ^= 1;
        Assert.InRange(Codec.Encode(encoder, changed).Length, 1, 100);
        Codec.Encode(encoder, [.. Source.AsSpan(0, 500_000), 1, 2, 3, .. Source.AsSpan(500_000, 400_000)]);
        Assert.False(encoder.HasIndex);
        Codec.Encode(encoder, [.. Source.AsSpan(1_500_000), .. Source.AsSpan(0, 500_000)]);
        Assert.True(encoder.HasIndex);
    }

    [Fact]
    public async Task Streams_that_give_a_byte_at_a_time_and_cannot_seek_make_the_same_delta()
    {
        var target = Samples.Edit(Source[..30_000], 10);
        using var buffer = SourceBuffer.CopyOf(Source);
        var delta = new MemoryStream();
        await new VcdiffEncoder(buffer, new() { WindowSize = 4096 }).EncodeAsync(
            new TrickleStream(target), delta, TestContext.Current.CancellationToken);
        Codec.AssertSame(Codec.Encode(Source, target, new() { WindowSize = 4096 }), delta.ToArray());
        var decoded = new MemoryStream();
        await new VcdiffDecoder(buffer).DecodeAsync(new TrickleStream(delta.ToArray()), decoded, TestContext.Current.CancellationToken);
        Codec.AssertSame(target, decoded.ToArray());
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new VcdiffEncoderOptions { DegreeOfParallelism = 0 });

    [Fact]
    public async Task Cancelling_stops_an_encode_within_a_window()
    {
        // Unrelated data is the slowest there is: the one window takes a hundred milliseconds. It is cancelled when
        // its last byte was read, so the work has begun, and nothing of it may come out.
        using var buffer = SourceBuffer.CopyOf(Samples.Random(16_000_000));
        using var cancellation = new CancellationTokenSource();
        var delta = new MemoryStream();
        var input = new CancelAtEnd(Samples.Random(16_000_000, 2), cancellation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await new VcdiffEncoder(buffer).EncodeAsync(input, delta, cancellation.Token));
        Assert.Equal(6, delta.Length);
    }

    [Fact]
    public async Task A_cancelled_index_build_leaves_the_encoder_usable()
    {
        using var buffer = SourceBuffer.CopyOf(Source);
        var encoder = new VcdiffEncoder(buffer);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await encoder.EncodeAsync(new MemoryStream(Source[1000..]), Stream.Null, new CancellationToken(canceled: true)));
        Codec.AssertSame(Codec.Encode(Source, Source[5000..]), Codec.Encode(encoder, Source[5000..]));
    }

    [Fact]
    public async Task A_cancelled_decode_stops()
    {
        using var buffer = SourceBuffer.CopyOf(Source);
        var delta = Codec.Encode(Source, Samples.Edit(Source, 50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await new VcdiffDecoder(buffer)
            .DecodeAsync(new MemoryStream(delta), Stream.Null, new CancellationToken(canceled: true)));
    }

    private sealed class CancelAtEnd(byte[] bytes, CancellationTokenSource cancellation) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = Read(buffer.Span);
            if (read == 0) cancellation.CancelAfter(5);
            return ValueTask.FromResult(read);
        }
    }

    private sealed class TrickleStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Random.Shared.Next(50) == 0) await Task.Yield();
            return Read(buffer.Span[..Math.Min(1, buffer.Length)]);
        }
    }
}
