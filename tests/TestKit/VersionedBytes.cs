namespace DeltaGlider.TestKit;

/// <summary>Makes what successive releases look like to a delta: the same bytes but for some edits; same seed, same bytes.</summary>
public static class VersionedBytes
{
    /// <summary>Incompressible bytes.</summary>
    public static byte[] Random(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>A first version and its successors, each with a few edits, insertions and deletions against the one before.</summary>
    public static IReadOnlyList<byte[]> Versions(int seed, int length, int count)
    {
        var random = new Random(seed);
        var versions = new List<byte[]> { Random(seed, length) };
        while (versions.Count < count)
        {
            var next = versions[^1].ToList();
            for (var edit = 0; edit < 5; edit++)
            {
                var at = random.Next(Math.Max(1, next.Count - 64));
                switch (random.Next(3))
                {
                    case 0:
                        next.InsertRange(at, Random(random.Next(), random.Next(1, 40)));
                        break;
                    case 1 when next.Count > 200:
                        next.RemoveRange(at, random.Next(1, 40));
                        break;
                    default:
                        if (at < next.Count) next[at] ^= 0x55;
                        break;
                }
            }

            versions.Add([.. next]);
        }

        return versions;
    }
}
