using System.Collections.Immutable;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Adapters.Tests.Contract;

public abstract partial class ObjectStoreContract
{
    private static readonly string[] InOrder =
    [
        "A", "a", "a ", "a!", "a+", "a-", "a.", "a/", "a//", "a/A", "a/a", "a/b/c", "a/\uffee", "a/😀", "a0", "a=", "aa", "b", "b\u00e9", "b文", "b\ue000", "b\uffee", "b😀", "b\U0010ffff", "c/d/e/f", "c/d0",
    ];

    private async Task PutTreeAsync() =>
        await Parallel.ForEachAsync(InOrder.Reverse(), Cancel, async (key, _) => await PutAsync(key, new byte[key.Length]));

    [Fact]
    public async Task Listing_is_in_the_byte_order_of_utf8()
    {
        await PutTreeAsync();
        Assert.Equal(InOrder, await ListKeysAsync());
        // .NET's ordinal order is another one: it has surrogates before U+E000 to U+FFFF.
        Assert.NotEqual(InOrder, InOrder.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Listing_tells_size_etag_and_time()
    {
        var put = await PutAsync("a/b", Bytes(321));
        await foreach (var page in Store.ListAsync(new ListRequest(Bucket, "a/"), Cancel))
        {
            var listed = Assert.Single(page.Objects);
            Assert.Equal(("a/b", 321L, put.ETag), (listed.Key, listed.Size, listed.ETag));
            Assert.Equal((await Store.FindAsync(At("a/b"), Cancel))!.LastModified.UtcDateTime, listed.LastModified.UtcDateTime, TimeSpan.FromSeconds(1));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Pages_have_no_more_than_was_asked_for_and_together_everything_once(int pageSize)
    {
        await PutTreeAsync();
        var all = new List<string>();
        await foreach (var page in Store.ListAsync(new ListRequest(Bucket, "") { PageSize = pageSize }, Cancel))
        {
            Assert.InRange(page.Objects.Length + page.CommonPrefixes.Length, 0, pageSize);
            all.AddRange(page.Objects.Select(o => o.Key));
        }

        Assert.Equal(InOrder, all);
    }

    [Theory]
    [InlineData("", 1000)]
    [InlineData("", 1)]
    [InlineData("", 3)]
    [InlineData("a", 1000)]
    [InlineData("a/", 2)]
    [InlineData("a/b", 1)]
    [InlineData("a/b/", 1000)]
    [InlineData("c/", 1000)]
    [InlineData("c/d", 1)]
    [InlineData("c/d/e/f", 1000)]
    [InlineData("none", 1000)]
    [InlineData("none/", 1000)]
    public async Task A_delimiter_rolls_keys_up_to_common_prefixes(string prefix, int pageSize)
    {
        await PutTreeAsync();
        var wanted = InOrder.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).ToLookup(key => key.IndexOf('/', prefix.Length) >= 0);
        var (objects, prefixes) = await ListTreeAsync(new ListRequest(Bucket, prefix) { Delimiter = "/", PageSize = pageSize });
        Assert.Equal(wanted[false], objects);
        Assert.Equal(wanted[true].Select(key => key[..(key.IndexOf('/', prefix.Length) + 1)]).Distinct().Order(KeyOrder.Utf8), prefixes);
    }

    [Fact]
    public async Task StartAfter_leaves_out_what_comes_before_it_and_itself()
    {
        await PutTreeAsync();
        foreach (var after in InOrder.Concat(["", "a/a0", "a/b/", "a/b/b", "a/b/d", "0", "zzz", "b\ud7ff", "c/d/", "c/d/e", "c/"]))
        {
            foreach (var prefix in new[] { "", "a", "a/", "b" })
            {
                var wanted = InOrder.Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && KeyOrder.Utf8.Compare(key, after) > 0);
                Assert.Equal(wanted, await ListKeysAsync(new ListRequest(Bucket, prefix) { StartAfter = after, PageSize = 1000 }));
            }
        }
    }

    [Fact]
    public async Task Listing_nothing_yields_nothing()
    {
        Assert.Empty(await ListKeysAsync());
        await PutAsync("a/b", Bytes(1));
        Assert.Empty(await ListKeysAsync(new ListRequest(Bucket, "b")));
        await Store.DeleteAsync(At("a/b"), null, Cancel);
        var (objects, prefixes) = await ListTreeAsync(new ListRequest(Bucket, "") { Delimiter = "/" });
        Assert.Empty(objects);
        Assert.Empty(prefixes);
    }

    [Fact]
    public async Task A_key_that_is_there_all_the_time_is_listed_exactly_once_while_others_come_and_go()
    {
        var stay = Enumerable.Range(0, 40).Select(i => $"d{i % 4}/stay-{i:00}").ToArray();
        await Parallel.ForEachAsync(stay, Cancel, async (key, _) => await PutAsync(key, Bytes(5)));
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var churn = Task.Run(
            async () =>
            {
                for (var i = 0; !done.IsCancellationRequested; i++)
                {
                    await PutAsync($"d{i % 4}/go-{i % 8}", Bytes(3, i));
                    await PutAsync(stay[i % stay.Length], Bytes(6, i));
                    await Store.DeleteAsync(At($"d{i % 4}/go-{i % 8}"), null, Cancel);
                }
            },
            Cancel);
        for (var round = 0; round < 10; round++)
        {
            var keys = await ListKeysAsync(new ListRequest(Bucket, "") { PageSize = 7 });
            Assert.Equal(stay.Order(KeyOrder.Utf8), keys.Where(key => key.Contains("stay", StringComparison.Ordinal)));
        }

        await done.CancelAsync();
        await churn;
    }

    private async Task<(ImmutableArray<string> Objects, ImmutableArray<string> Prefixes)> ListTreeAsync(ListRequest request)
    {
        var objects = ImmutableArray.CreateBuilder<string>();
        var prefixes = ImmutableArray.CreateBuilder<string>();
        await foreach (var page in Store.ListAsync(request, Cancel))
        {
            Assert.InRange(page.Objects.Length + page.CommonPrefixes.Length, 0, request.PageSize);
            objects.AddRange(page.Objects.Select(o => o.Key));
            prefixes.AddRange(page.CommonPrefixes);
        }

        return (objects.ToImmutable(), prefixes.ToImmutable());
    }
}
