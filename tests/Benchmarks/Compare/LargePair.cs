namespace DeltaGlider.Benchmarks.Compare;

/// <summary>Writes a large reference and a target with edits all over it, a block at a time.</summary>
internal static class LargePair
{
    private const int Block = 1 << 20;

    public static async Task WriteAsync(string referencePath, string targetPath, long length, int edits)
    {
        var random = new Random(20261123);
        await using var reference = Create(referencePath);
        await using var target = Create(targetPath);
        var bytes = new byte[Block];
        var editsPerByte = edits / (double)length;
        for (long at = 0; at < length; at += Block)
        {
            var count = (int)Math.Min(Block, length - at);
            FillBlock(bytes.AsSpan(0, count), random);
            await reference.WriteAsync(bytes.AsMemory(0, count));
            var due = (int)((at + count) * editsPerByte) - (int)(at * editsPerByte);
            var done = 0;
            foreach (var cut in Enumerable.Range(0, due).Select(_ => random.Next(count)).Order().ToArray())
            {
                if (cut < done) continue;
                await target.WriteAsync(bytes.AsMemory(done, cut - done));
                var inserted = new byte[random.Next(200)];
                random.NextBytes(inserted);
                await target.WriteAsync(inserted);
                done = Math.Min(count, cut + random.Next(200));
            }
            await target.WriteAsync(bytes.AsMemory(done, count - done));
        }
    }

    /// <summary>Half of it noise, half of it short words, so that there is both much and little to find.</summary>
    private static void FillBlock(Span<byte> block, Random random)
    {
        random.NextBytes(block);
        foreach (ref var value in block[(block.Length / 2)..]) value = (byte)("etaoin shrdlu\n"[value % 14]);
    }

    private static FileStream Create(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, Block);
}
