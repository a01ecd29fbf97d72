using System.Text;

namespace DeltaGlider.Deep.Tests;

/// <summary>Repeatable content to pack. Every golden stream depends on it: what is here must not change.</summary>
internal static class Samples
{
    public static readonly string[] Kinds = ["text", "zeros", "random", "period", "two", "mix", "echo"];

    public static byte[] Of(string kind, int length, int seed = 1)
    {
        var state = new Generator((uint)seed * 2654435761 + (uint)length);
        return kind switch
        {
            "text" => Text(length, state),
            "zeros" => new byte[length],
            "random" => Fill(length, _ => (byte)state.Next(256)),
            "period" => Fill(length, i => (byte)(i % 7 * 30)),
            "two" => Fill(length, _ => (byte)('a' + state.Next(2))),
            "mix" => [.. Text(length / 3, state), .. Fill(length / 3, _ => (byte)state.Next(256)), .. new byte[length - length / 3 * 2]],
            "echo" => Echo(length, state),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind"),
        };
    }

    /// <summary>
    /// Its end repeats what stands a window earlier, and stretches from shortly before: whoever compares beyond the end of
    /// the input with a window's old bytes finds false matches here.
    /// </summary>
    private static byte[] Echo(int length, Generator state)
    {
        var bytes = Fill(length, _ => (byte)"\0ab\0"[state.Next(4)]);
        for (var i = Math.Max(length - 3000, 32768); i < length; i++)
        {
            if (state.Next(60) != 0) bytes[i] = bytes[i - 32768];
        }

        var tail = Math.Min(3 + state.Next(150), length / 3);
        var reach = Math.Min(length, 30_000) - tail * 2;
        if (reach <= 0) return bytes;
        var from = length - tail * 2 - state.Next(reach);
        bytes.AsSpan(length - tail).CopyTo(bytes.AsSpan(from));
        return bytes;
    }

    private static byte[] Text(int length, Generator state)
    {
        var words = Enumerable.Range(0, 400).Select(_ => new string([.. Enumerable.Range(0, 2 + state.Next(9)).Select(_ => (char)('a' + state.Next(26)))])).ToArray();
        var text = new StringBuilder(length + 16);
        while (text.Length < length) text.Append(words[state.Next(1 + state.Next(400))]).Append(state.Next(9) == 0 ? ";\n    " : " ");
        return Encoding.ASCII.GetBytes(text.ToString(0, length));
    }

    private static byte[] Fill(int length, Func<int, byte> value)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++) bytes[i] = value(i);
        return bytes;
    }

    /// <summary>Not System.Random: that one may give other numbers in another runtime.</summary>
    private sealed class Generator(uint state)
    {
        private uint _state = state | 1;

        public int Next(int below)
        {
            _state ^= _state << 13;
            _state ^= _state >> 17;
            _state ^= _state << 5;
            return (int)((ulong)_state * (uint)below >> 32);
        }
    }
}
