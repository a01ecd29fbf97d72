using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.TestKit;

namespace DeltaGlider.Adapters.Tests.Contract;

public abstract partial class ObjectStoreContract
{
    /// <summary>Keys that something between here and the store may spoil.</summary>
    public static TheoryData<string> AwkwardKeys =>
    [
        "/leading", "//two", "a//b", "trailing/", "a/", "/", "//", "../up", "a/../../b", "..", ".", "./a", "a/./b", "a/.", "...", " ", " a ", "a /b", "a b",
        "a+b", "a%20b", "%2F", "%", "100%", "a\\b", "..\\up", "C:\\x", "C:/x", "'quoted'", "\"quoted\"", "a?b", "a#b", "a&b=c", "a*b", "a:b", "<a>|b", "~a", "a~1",
        "$a", "@a", "!a", "a,b;c", "[a]", "{a}", "^a", "`a`", "😀.zip", "a/😀/😀", "файл.zip", "папка/файл", "文件.zip", "ｆｕｌｌ", "e\u0301", "\u00e9", "ﬁ", "A", "NUL", "con.txt",
        "com1/x", "a.", "a.meta", "a.meta/b", "meta", ".dgstore/meta/x.meta", ".DGSTORE/x", "DGSTOR~1/x", "%empty", "a|b", "tab\there", "del\u007f", "x\u0085y",
    ];

    [Theory]
    [MemberData(nameof(AwkwardKeys))]
    public async Task A_key_is_kept_to_the_letter(string key)
    {
        var bytes = Bytes(1000, key.Length);
        await PutAsync(key, bytes, Meta(("k", "v")));
        Assert.Equal(key, (await Store.FindAsync(At(key), Cancel))!.Uri.Key);
        Assert.Equal(bytes, await GetAsync(key));
        Assert.Equal([key], await ListKeysAsync());
        Assert.Equal([key], await ListKeysAsync(new ListRequest(Bucket, key)));
        Assert.True(await Store.DeleteAsync(At(key), null, Cancel));
        Assert.Empty(await ListKeysAsync());
    }

    [Fact]
    public async Task Awkward_keys_live_side_by_side()
    {
        var keys = AwkwardKeys.Select(row => row.Data).Append("a").Append("a/b").Append("a/b/c").Append("b").Append("B").Distinct().ToArray();
        await Parallel.ForEachAsync(keys, Cancel, async (key, _) => await PutAsync(key, System.Text.Encoding.UTF8.GetBytes(key)));
        Assert.Equal(keys.Order(KeyOrder.Utf8), await ListKeysAsync());
        foreach (var key in keys) Assert.Equal(key, System.Text.Encoding.UTF8.GetString(await GetAsync(key)));
        foreach (var key in keys.Where((_, i) => i % 2 == 0)) Assert.True(await Store.DeleteAsync(At(key), null, Cancel));
        Assert.Equal(keys.Where((_, i) => i % 2 == 1).Order(KeyOrder.Utf8), await ListKeysAsync());
        foreach (var key in keys.Where((_, i) => i % 2 == 1)) Assert.Equal(key, System.Text.Encoding.UTF8.GetString(await GetAsync(key)));
    }

    [Theory]
    [InlineData("x", 1024)]
    [InlineData("X", 1024)]
    [InlineData("文", 341)]
    [InlineData("x/", 512)]
    [InlineData("/", 1024)]
    [InlineData("😀", 256)]
    [InlineData("b/cC", 256)]
    public async Task A_key_may_have_1024_bytes(string part, int times)
    {
        var key = string.Concat(Enumerable.Repeat(part, times));
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(key), 1020, 1024);
        await PutAsync(key, Bytes(10));
        await PutAsync("short", Bytes(11));
        Assert.Equal(Bytes(10), await GetAsync(key));
        Assert.Equal(new[] { key, "short" }.Order(KeyOrder.Utf8), await ListKeysAsync());
        Assert.True(await Store.DeleteAsync(At(key), null, Cancel));
        Assert.Equal(["short"], await ListKeysAsync());
    }

    [Fact]
    public async Task What_is_no_key_is_refused()
    {
        foreach (var key in new[] { "", new string('x', 1025), new string('ü', 513), "lone \ud800 surrogate" })
        {
            await FailsAsync(ErrorKind.InvalidArgument, async () => await Store.FindAsync(At(key), Cancel));
            await FailsAsync(ErrorKind.InvalidArgument, async () => await Store.OpenAsync(At(key), Cancel));
            await FailsAsync(ErrorKind.InvalidArgument, async () => await Store.DeleteAsync(At(key), null, Cancel));
            await FailsAsync(ErrorKind.InvalidArgument, async () => await Store.PutAsync(new PutRequest(At(key), new BytesContent(Bytes(1)), Meta()), null, Cancel));
        }
    }
}
