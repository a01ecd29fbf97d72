using System.Globalization;
using System.Security.Cryptography;
using DeltaGlider.Adapters.Cache;
using DeltaGlider.Adapters.Codec;
using DeltaGlider.Adapters.Settings;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.TestKit;

namespace DeltaGlider.Adapters.Tests.Cache;

/// <summary>What the test program does as the child of a test.</summary>
internal static class CacheChild
{
    public const string Switch = "--cache-child";
    public const int References = 16;

    public static async Task<int> RunAsync(string[] args)
    {
        switch (args[0])
        {
            case "hold":
                return await HoldAsync(args[1]);
            case "hammer":
                return await HammerAsync(args[1], long.Parse(args[2], CultureInfo.InvariantCulture), int.Parse(args[3], CultureInfo.InvariantCulture));
            case "large":
                return await LargeAsync(args[1], long.Parse(args[2], CultureInfo.InvariantCulture));
            default:
                return 2;
        }
    }

    public static byte[] Reference(int number) => VersionedBytes.Random(number, 40_000 * (number + 1));

    // Keeps a reference in a folder of its own until its input ends, then leaves as a program does that disposes nothing.
    private static async Task<int> HoldAsync(string parent)
    {
        var storage = new ReferenceStorages().Open(new DeltaGliderSettings { CacheFolder = parent });
        var bytes = Reference(1);
        for (var need = 1; need <= 2; need++) await storage.StoreAsync(CacheFiles.Sha(bytes), new BytesContent(bytes), CancellationToken.None);
        Console.WriteLine(await CacheFiles.ReadAsync(storage, CacheFiles.Sha(bytes), CancellationToken.None) is null ? "lost" : "ready");
        await Console.In.ReadToEndAsync();
        return 0;
    }

    // Reads, stores and evicts as fast as it can. Every byte that comes back must be right.
    private static async Task<int> HammerAsync(string parent, long maxBytes, int seconds)
    {
        var random = new Random();
        var references = Enumerable.Range(0, References).Select(Reference).Select(bytes => (bytes, CacheFiles.Sha(bytes))).ToArray();
        var (hits, stored) = (0, 0);
        for (var end = Environment.TickCount64 + (seconds * 1000); Environment.TickCount64 < end;)
        {
            // A new storage now and then, as a new process would open one: it sweeps.
            using var storage = CacheFiles.Shared(parent, maxBytes);
            for (var i = 0; i < 20; i++)
            {
                var (bytes, sha256) = references[random.Next(References)];
                if (random.Next(30) == 0) storage.Forget(sha256);
                if (await CacheFiles.ReadAsync(storage, sha256, CancellationToken.None) is { } read)
                {
                    if (!read.AsSpan().SequenceEqual(bytes)) throw new InvalidDataException("wrong bytes");
                    hits++;
                }
                else
                {
                    await storage.StoreAsync(sha256, new BytesContent(bytes), CancellationToken.None);
                    stored++;
                }
            }
        }

        Console.WriteLine($"{hits} {stored}");
        return 0;
    }

    // Stores a large reference and loads it into the codec; says how much managed memory that took.
    private static async Task<int> LargeAsync(string parent, long length)
    {
        using var storage = CacheFiles.Shared(parent);
        var content = new Endless(length);
        var sha256 = await content.HashAsync();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await storage.StoreAsync(sha256, content, CancellationToken.None);
        await using var kept = (await storage.OpenAsync(sha256, CancellationToken.None))!;
        using var loaded = await new VcdiffCodec().LoadAsync(kept.Content, kept.Length, CancellationToken.None);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        await using var stream = loaded.OpenRead();
        var right = Sha256Digest.FromBytes(await SHA256.HashDataAsync(stream)) == sha256;
        Console.WriteLine($"{right} {allocated}");
        return 0;
    }

    /// <summary>So many bytes from nowhere, the same ones each time.</summary>
    private sealed class Endless(long length) : IContent
    {
        public long Length => length;

        public ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) => new(new Source(length));

        public async Task<Sha256Digest> HashAsync()
        {
            await using var stream = new Source(length);
            return Sha256Digest.FromBytes(await SHA256.HashDataAsync(stream));
        }

        private sealed class Source(long length) : Stream
        {
            private long _position;

            public override bool CanRead => true;

            public override bool CanSeek => false;

            public override bool CanWrite => false;

            public override long Length => length;

            public override long Position { get => _position; set => throw new NotSupportedException(); }

            public override int Read(Span<byte> buffer)
            {
                var count = (int)Math.Min(buffer.Length, length - _position);
                for (var i = 0; i < count; i++) buffer[i] = (byte)((_position + i) * 2654435761 >> 13);
                _position += count;
                return count;
            }

            public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

            public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

            public override void Flush()
            {
            }

            public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

            public override void SetLength(long value) => throw new NotSupportedException();

            public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        }
    }
}
