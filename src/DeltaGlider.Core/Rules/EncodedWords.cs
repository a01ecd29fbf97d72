using System.Globalization;
using System.Text;

namespace DeltaGlider.Core.Rules;

/// <summary>
/// Text outside printable ASCII in a metadata value, as RFC 2047 encoded words, which is how S3 itself and its SDKs
/// carry it (https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html).
/// </summary>
public static class EncodedWords
{
    private const string Open = "=?UTF-8?B?";
    private const string Close = "?=";

    // RFC 2047 section 2: an encoded word has at most 75 characters, 45 bytes of text in base 64 stay below.
    private const int BytesPerWord = 45;

    /// <summary>True when the text can stand in a header as it is.</summary>
    public static bool IsPlain(string text) => text.All(c => c is >= ' ' and <= '~') && text.Trim(' ') == text && !text.Contains("=?", StringComparison.Ordinal);

    /// <summary>The text itself where it is plain, else its encoded words.</summary>
    public static string Encode(string text)
    {
        if (IsPlain(text)) return text;
        var words = new List<string>();
        var word = new StringBuilder();
        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > BytesPerWord) Flush();
            word.Append(rune);
            bytes += rune.Utf8SequenceLength;
        }

        Flush();
        return string.Join(' ', words);

        void Flush()
        {
            if (bytes == 0) return;
            words.Add(Open + Convert.ToBase64String(Encoding.UTF8.GetBytes(word.ToString())) + Close);
            word.Clear();
            bytes = 0;
        }
    }

    /// <summary>Decodes UTF-8 encoded words (B and Q); anything else is given back as it is.</summary>
    public static string Decode(string text)
    {
        if (!text.Contains("=?", StringComparison.Ordinal)) return text;
        var decoded = new MemoryStream();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (DecodeWord(word) is not { } bytes) return text;
            decoded.Write(bytes);
        }

        return Encoding.UTF8.GetString(decoded.ToArray());
    }

    private static byte[]? DecodeWord(string word)
    {
        // =?charset?encoding?text?=
        var parts = word.Split('?');
        if (parts.Length != 5 || parts[0] != "=" || parts[4] != "=") return null;
        if (!parts[1].Equals("utf-8", StringComparison.OrdinalIgnoreCase)) return null;
        return parts[2].ToUpperInvariant() switch
        {
            "B" => TryBase64(parts[3]),
            "Q" => DecodeQ(parts[3]),
            _ => null,
        };
    }

    private static byte[]? TryBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var written) ? bytes[..written] : null;
    }

    private static byte[]? DecodeQ(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '=')
            {
                bytes.Add(text[i] == '_' ? (byte)' ' : (byte)text[i]);
                continue;
            }

            if (i + 2 >= text.Length || !byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
                return null;
            bytes.Add(value);
            i += 2;
        }

        return [.. bytes];
    }
}
