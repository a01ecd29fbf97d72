using System.Text;

namespace DeltaGlider.Vcdiff.Tests;

/// <summary>Repeatable data to encode.</summary>
internal static class Samples
{
    public static byte[] Random(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Something like source code: words that repeat at many distances.</summary>
    public static byte[] Text(int length, int seed = 1)
    {
        var random = new Random(seed);
        var words = Enumerable.Range(0, 400)
            .Select(_ => new string([.. Enumerable.Range(0, random.Next(2, 11)).Select(_ => (char)('a' + random.Next(26)))])).ToArray();
        var text = new StringBuilder(length + 16);
        while (text.Length < length)
            text.Append(words[(int)(words.Length * Math.Pow(random.NextDouble(), 2))]).Append(random.Next(9) == 0 ? ";\n    " : " ");
        return Encoding.ASCII.GetBytes(text.ToString(0, length));
    }

    /// <summary>A copy with edits spread over it: replaced, inserted, deleted, moved and repeated stretches.</summary>
    public static byte[] Edit(byte[] original, int edits, int seed = 1, int maxEdit = 200)
    {
        var random = new Random(seed);
        var result = new List<byte>(original.Length + edits * maxEdit);
        var cuts = Enumerable.Range(0, edits).Select(_ => random.Next(original.Length + 1)).Order().ToArray();
        var at = 0;
        foreach (var cut in cuts)
        {
            if (cut < at) continue;
            result.AddRange(original.AsSpan(at, cut - at));
            at = cut;
            var size = random.Next(1, maxEdit);
            switch (random.Next(5))
            {
                case 0: // replaced
                    result.AddRange(Random(Math.Min(size, original.Length - at), random.Next()));
                    at = Math.Min(at + size, original.Length);
                    break;
                case 1: // inserted
                    result.AddRange(Random(size, random.Next()));
                    break;
                case 2: // deleted
                    at = Math.Min(at + size, original.Length);
                    break;
                case 3: // moved here from elsewhere
                    var from = random.Next(original.Length);
                    result.AddRange(original.AsSpan(from, Math.Min(size * 4, original.Length - from)));
                    break;
                default: // what was just written, again
                    var again = Math.Min(size * 4, result.Count);
                    result.AddRange(result.GetRange(result.Count - again, again));
                    break;
            }
        }
        result.AddRange(original.AsSpan(at));
        return [.. result];
    }
}
