using DeltaGlider.Adapters.Common;
using DeltaGlider.Adapters.Folder;

namespace DeltaGlider.Adapters.Tests.Folder;

public sealed class KeyEncodingTests
{
    [Theory]
    [InlineData("app-1.0.zip", "app-1.0.zip")]
    [InlineData("App", "^app")]
    [InlineData("", "%empty")]
    [InlineData(".", "%2e")]
    [InlineData("..", ".%2e")]
    [InlineData("a.", "a%2e")]
    [InlineData("nul.zip", "%6eul.zip")]
    [InlineData("NUL", "%4e^u^l")]
    [InlineData("x.meta", "x.met%61")]
    [InlineData("%empty", "%25empty")]
    [InlineData("^a", "%5ea")]
    [InlineData("é", "%c3%a9")]
    [InlineData(" ", "%20")]
    public void Names_are_these(string segment, string name)
    {
        Assert.Equal(name, KeyEncoding.Encode(segment));
        Assert.Equal(segment, KeyEncoding.TryDecode(name));
    }

    [Fact]
    public void Every_segment_has_a_name_of_its_own_that_every_file_system_takes()
    {
        var random = new Random(7);
        const string Alphabet = "aAbBzZ09.^% ~\\:*\"|<>?_-+=,()@éÉ文😀\u0001\u007fmetaconul";
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var runes = Alphabet.EnumerateRunes().Select(rune => rune.ToString()).ToArray();
        for (var i = 0; i < 100_000; i++)
        {
            var segment = string.Concat(Enumerable.Range(0, random.Next(0, 7)).Select(_ => runes[random.Next(runes.Length)]));
            var name = KeyEncoding.Encode(segment);
            Assert.True(FileNames.IsPortable(name), name);
            Assert.All(name, c => Assert.True(char.IsAscii(c)));
            Assert.DoesNotMatch("\\.meta$", name);
            Assert.Equal(segment, KeyEncoding.TryDecode(name));
            Assert.True(names.TryAdd(name, segment) || names[name] == segment, $"'{segment}' and '{names[name]}' are both {name}");
        }
    }

    [Theory]
    [InlineData("UPPER")]
    [InlineData("%zz")]
    [InlineData("%")]
    [InlineData("^")]
    [InlineData("^1")]
    [InlineData("~")]
    [InlineData("%ff")]
    public void What_no_encoder_made_is_not_decoded(string name) => Assert.Null(KeyEncoding.TryDecode(name));
}
