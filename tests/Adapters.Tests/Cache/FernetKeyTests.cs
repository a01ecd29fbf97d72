using System.Text;
using DeltaGlider.Adapters.Cache;

namespace DeltaGlider.Adapters.Tests.Cache;

public sealed class FernetKeyTests
{
    // generate.json of https://github.com/fernet/spec: now 1985-10-26T01:20:00-07:00, IV 0 to 15, "hello".
    private const string Token = "gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==";

    private static readonly DateTimeOffset Time = new(1985, 10, 26, 1, 20, 0, TimeSpan.FromHours(-7));

    [Fact]
    public void A_token_is_the_one_of_the_specification()
    {
        using var key = CacheFiles.Key();
        var token = new byte[FernetKey.TokenLength(5)];
        var length = key.Seal("hello"u8, [], Time, [.. Enumerable.Range(0, 16).Select(i => (byte)i)], token);
        Assert.Equal(token.Length, length);
        Assert.Equal(Token, Convert.ToBase64String(token).Replace('+', '-').Replace('/', '_'));
    }

    [Fact]
    public void The_token_of_the_specification_opens()
    {
        using var key = CacheFiles.Key();
        var plain = new byte[5];
        Assert.True(key.TryOpen(FromText(Token), [], plain, out var written));
        Assert.Equal("hello", Encoding.ASCII.GetString(plain, 0, written));
    }

    // Of invalid.json in the same place.
    [Theory]
    [InlineData("gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykQUFBQUFBQUFBQQ==")] // incorrect MAC
    [InlineData("gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPA==")] // too short
    [InlineData("gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPOm73QeoCk9uGib28Xe5vz6oxq5nmxbx_v7mrfyudzUm")] // payload size not a multiple of the block size
    public void A_bad_token_does_not_open(string token)
    {
        using var key = CacheFiles.Key();
        Assert.False(key.TryOpen(FromText(token), [], new byte[100], out _));
    }

    [Fact]
    public void Every_byte_of_token_context_and_key_counts()
    {
        using var key = CacheFiles.Key();
        var iv = new byte[16];
        var context = "context"u8.ToArray();
        var token = new byte[FernetKey.TokenLength(20)];
        key.Seal(new byte[20], context, Time, iv, token);
        Assert.True(key.TryOpen(token, context, new byte[20], out _));
        for (var i = 0; i < token.Length; i++) Assert.False(key.TryOpen(With(token, i), context, new byte[20], out _));
        for (var i = 0; i < context.Length; i++) Assert.False(key.TryOpen(token, With(context, i), new byte[20], out _));
        Assert.False(key.TryOpen(token, [], new byte[20], out _));
        var bytes = FromText(CacheFiles.KeyText);
        for (var i = 0; i < 16; i++)
        {
            Assert.True(FernetKey.TryParse(Convert.ToBase64String(With(bytes, i)), out var other));
            Assert.False(other.TryOpen(token, context, new byte[20], out _));
        }
    }

    [Fact]
    public void Nothing_is_written_where_the_signature_is_wrong()
    {
        using var key = CacheFiles.Key();
        var token = new byte[FernetKey.TokenLength(20)];
        key.Seal(new byte[20], [], Time, new byte[16], token);
        var plain = Enumerable.Repeat((byte)7, 20).ToArray();
        Assert.False(key.TryOpen(With(token, token.Length - 1), [], plain, out var written));
        Assert.Equal((0, true), (written, plain.All(b => b == 7)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("password")]
    [InlineData("cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4")] // no padding
    [InlineData("cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4eQ4")] // 33 bytes
    [InlineData("cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4Q==")] // 31 bytes
    [InlineData("cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpw!4e4=")]
    public void What_is_no_key_is_refused(string text) => Assert.False(FernetKey.TryParse(text, out _));

    [Fact]
    public void Both_alphabets_and_white_space_around_are_taken()
    {
        using var key = CacheFiles.Key();
        var token = new byte[FernetKey.TokenLength(1)];
        key.Seal(new byte[1], [], Time, new byte[16], token);
        Assert.True(FernetKey.TryParse($" {CacheFiles.KeyText.Replace('-', '+').Replace('_', '/')}\n", out var same));
        Assert.True(same.TryOpen(token, [], new byte[1], out _));
    }

    [Fact]
    public void A_key_is_not_printed_and_not_used_after_it_was_wiped()
    {
        var key = CacheFiles.Key();
        Assert.Equal("(a Fernet key)", key.ToString());
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Seal([], [], Time, new byte[16], new byte[100]));
        Assert.Throws<ObjectDisposedException>(() => key.TryOpen(new byte[FernetKey.TokenLength(0)], [], [], out _));
    }

    private static byte[] FromText(string text) => Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/'));

    private static byte[] With(byte[] bytes, int at)
    {
        var changed = (byte[])bytes.Clone();
        changed[at] ^= 1;
        return changed;
    }
}
