using System.Text;

namespace DeltaGlider.Fuzz.Corpus;

/// <summary>Small made-up references and targets, the same in every run.</summary>
internal static class SamplePairs
{
    public static IEnumerable<(string Name, byte[] Source, byte[] Target)> All()
    {
        var text = Text(30_000, 1);
        yield return ("text", text, [.. Edit(text, 40, 1), .. Text(9_000, 2), .. new byte[700]]);
        var random = new FuzzRandom(3, 0).Bytes(20_000);
        yield return ("random", random, Edit(random, 12, 2));
        var few = new FuzzRandom(4, 0).Bytes(40_000).Select(value => (byte)(value % 5 * value % 7)).ToArray();
        yield return ("few", few[..8_000], Edit(few, 30, 3));
        var steps = Enumerable.Range(0, 24_000).Select(at => (byte)(at * at >> (at & 7))).ToArray();
        yield return ("steps", steps[..3_000], steps);
        yield return ("tiny", "abcdefghijklmnop"u8.ToArray(), "abcdwxyzefghefghefghefghzzzz"u8.ToArray());
    }

    private static byte[] Text(int length, int seed)
    {
        var random = new FuzzRandom(seed, 1);
        var words = Enumerable.Range(0, 300)
            .Select(_ => new string([.. Enumerable.Range(0, random.Next(2, 11)).Select(_ => (char)('a' + random.Next(26)))])).ToArray();
        var text = new StringBuilder(length + 16);
        while (text.Length < length) text.Append(words[random.Skewed(words.Length)]).Append(random.OneIn(9) ? ";\n    " : " ");
        return Encoding.ASCII.GetBytes(text.ToString(0, length));
    }

    private static byte[] Edit(byte[] original, int edits, int seed)
    {
        var random = new FuzzRandom(seed, 2);
        var result = new List<byte>(original);
        for (; edits > 0; edits--)
        {
            var at = random.Next(result.Count);
            var size = Math.Min(random.Next(1, 300), result.Count - at);
            switch (random.Next(4))
            {
                case 0: result.InsertRange(at, random.Bytes(size)); break;
                case 1: result.RemoveRange(at, size); break;
                case 2: result.InsertRange(random.Next(result.Count), result.GetRange(at, size)); break;
                default: result.InsertRange(at, Enumerable.Repeat(random.Byte(), size)); break;
            }
        }
        return [.. result];
    }
}
