using DeltaGlider.Adapters.Cache;
using DeltaGlider.Core.Model;
using DeltaGlider.TestKit;

namespace DeltaGlider.Adapters.Tests.Cache;

public sealed class EntryTests : IDisposable
{
    private const int Chunk = EntryFormat.ChunkLength;

    private readonly FernetKey _key = CacheFiles.Key();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static int Token => FernetKey.TokenLength(Chunk);

    public void Dispose() => _key.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(Chunk - 1)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 1)]
    [InlineData((7 * Chunk) + 12345)]
    public async Task Bytes_come_back_whatever_pieces_they_are_read_in(int length)
    {
        var bytes = VersionedBytes.Random(1, length);
        var entry = await WriteAsync(bytes);
        Assert.Equal(EntryFormat.EntryLength(length), entry.Length);
        foreach (var piece in new[] { 1000, Chunk - 1, Chunk, 3 * Chunk }) Assert.Equal(bytes, Read(entry, CacheFiles.Sha(bytes), piece));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task Every_byte_counts_and_every_length(int length)
    {
        var bytes = VersionedBytes.Random(1, length);
        var entry = await WriteAsync(bytes);
        for (var i = 0; i < entry.Length; i++)
        {
            foreach (var bit in new[] { 1, 128 })
            {
                var changed = (byte[])entry.Clone();
                changed[i] ^= (byte)bit;
                Assert.Throws<InvalidDataException>(() => Read(changed, CacheFiles.Sha(bytes)));
            }

            Assert.Throws<InvalidDataException>(() => Read(entry[..i], CacheFiles.Sha(bytes)));
        }

        Assert.Throws<InvalidDataException>(() => Read([.. entry, 0], CacheFiles.Sha(bytes)));
        Assert.Throws<InvalidDataException>(() => Read([.. entry, .. entry[16..]], CacheFiles.Sha(bytes)));
    }

    [Fact]
    public async Task Chunks_cannot_be_swapped_repeated_dropped_or_moved_to_another_entry()
    {
        var bytes = VersionedBytes.Random(1, 4 * Chunk);
        var sha256 = CacheFiles.Sha(bytes);
        var entry = await WriteAsync(bytes);
        byte[] Part(int index) => entry[(16 + (index * Token))..(16 + ((index + 1) * Token))];
        byte[] Of(params int[] parts) => [.. entry[..16], .. parts.SelectMany(Part)];
        Assert.Equal(bytes, Read(Of(0, 1, 2, 3), sha256));
        foreach (var parts in new int[][] { [1, 0, 2, 3], [0, 2, 1, 3], [0, 1, 1, 3], [0, 0, 2, 3], [0, 1, 2, 2], [3, 2, 1, 0], [0, 1, 2], [1, 2, 3], [0, 1, 2, 3, 3], [0] })
            Assert.Throws<InvalidDataException>(() => Read(Of(parts), sha256));

        // Dropped with the length made to fit.
        var shorter = Of(0, 1, 2);
        EntryFormat.WriteHeader(shorter, 3 * Chunk);
        Assert.Throws<InvalidDataException>(() => Read(shorter, sha256));

        // The same bytes as part of another entry, of the same length, at the same place.
        var otherBytes = (byte[])bytes.Clone();
        otherBytes[^1] ^= 1;
        var other = await WriteAsync(otherBytes);
        Assert.Equal(otherBytes, Read(other, CacheFiles.Sha(otherBytes)));
        Assert.Throws<InvalidDataException>(() => Read([.. entry[..(16 + Token)], .. other[(16 + Token)..]], sha256));
        Assert.Throws<InvalidDataException>(() => Read(other, sha256));
    }

    [Fact]
    public async Task Two_entries_of_the_same_bytes_look_different_and_show_nothing_of_them()
    {
        var bytes = new byte[3 * Chunk];
        var one = await WriteAsync(bytes);
        var other = await WriteAsync(bytes);
        Assert.False(one.AsSpan(16 + 9, 1000).SequenceEqual(other.AsSpan(16 + 9, 1000)));
        Assert.Equal(-1, one.AsSpan(16).IndexOf(new byte[32]));
        Assert.NotEqual(one[(16 + 9)..(16 + 25)], one[(16 + Token + 9)..(16 + Token + 25)]);
    }

    [Fact]
    public async Task Another_key_reads_nothing()
    {
        var bytes = VersionedBytes.Random(1, 100);
        var entry = await WriteAsync(bytes);
        using var other = FernetKey.Random();
        Assert.Throws<InvalidDataException>(() => EntryReader.Open(new MemoryStream(entry), other, CacheFiles.Sha(bytes)));
    }

    [Fact]
    public async Task A_length_is_proved_before_anybody_makes_room_for_it()
    {
        var entry = await WriteAsync(new byte[10]);
        foreach (var length in new[] { -1, long.MinValue, long.MaxValue, 9, 11, 15, 1L << 40 })
        {
            EntryFormat.WriteHeader(entry, length);
            Assert.Throws<InvalidDataException>(() => EntryReader.Open(new MemoryStream(entry), _key, CacheFiles.Sha(new byte[10])));
        }
    }

    [Theory]
    [InlineData(99)]
    [InlineData(101)]
    public async Task Content_of_another_length_than_promised_is_not_written_as_if_it_were_right(int actual) =>
        await Assert.ThrowsAnyAsync<IOException>(async () => await EntryWriter.WriteAsync(
            _key, CacheFiles.Sha([]), new LyingContent(100, new byte[actual]), DateTimeOffset.UnixEpoch, new MemoryStream(), Cancel));

    private async Task<byte[]> WriteAsync(byte[] bytes)
    {
        using var entry = new MemoryStream();
        await EntryWriter.WriteAsync(_key, CacheFiles.Sha(bytes), new BytesContent(bytes), DateTimeOffset.UtcNow, entry, Cancel);
        return entry.ToArray();
    }

    private byte[] Read(byte[] entry, Sha256Digest sha256, int piece = 1 << 20)
    {
        using var reader = EntryReader.Open(new MemoryStream(entry), _key, sha256);
        using var bytes = new MemoryStream();
        var buffer = new byte[piece];
        while (reader.Read(buffer) is > 0 and var read) bytes.Write(buffer, 0, read);
        Assert.Equal(0, reader.Read(buffer));
        Assert.Equal(bytes.Length, reader.Length);
        return bytes.ToArray();
    }

    private sealed class LyingContent(long length, byte[] bytes) : Core.Ports.IContent
    {
        public long Length => length;

        public ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) => new(new MemoryStream(bytes));
    }
}
