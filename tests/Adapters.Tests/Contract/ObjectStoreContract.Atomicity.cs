using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.TestKit;

namespace DeltaGlider.Adapters.Tests.Contract;

public abstract partial class ObjectStoreContract
{
    [Fact]
    public async Task IfAbsent_writes_once_and_again_after_a_delete()
    {
        await PutAsync("r", Bytes(10), Meta(("n", "1")), PutCondition.IfAbsent);
        var error = await FailsAsync(ErrorKind.AlreadyExists, async () => await PutAsync("r", Bytes(10, 2), Meta(("n", "2")), PutCondition.IfAbsent));
        Assert.Contains(At("r").ToString(), error.Message, StringComparison.Ordinal);
        Assert.Equal(Bytes(10), await GetAsync("r"));
        Assert.Equal("1", (await Store.FindAsync(At("r"), Cancel))!.Metadata["n"]);
        await Store.DeleteAsync(At("r"), null, Cancel);
        await PutAsync("r", Bytes(10, 3), condition: PutCondition.IfAbsent);
        Assert.Equal(Bytes(10, 3), await GetAsync("r"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_sixteen_writers_with_IfAbsent_exactly_one_wins(bool sameContent)
    {
        for (var round = 0; round < 3; round++)
        {
            var key = $"race/{round}";
            var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(
                async () =>
                {
                    try
                    {
                        return (Writer: i, Put: await PutAsync(key, Bytes(5000, sameContent ? 1 : i), Meta(("writer", sameContent ? "w" : $"{i}")), PutCondition.IfAbsent));
                    }
                    catch (DeltaGliderException e) when (e.Kind == ErrorKind.AlreadyExists)
                    {
                        return (i, null!);
                    }
                },
                Cancel)));
            var (winner, put) = Assert.Single(results, result => result.Put is not null);
            Assert.Equal(Bytes(5000, sameContent ? 1 : winner), await GetAsync(key));
            Assert.Equal(put.ETag, (await Store.FindAsync(At(key), Cancel))!.ETag);
        }
    }

    [Fact]
    public async Task Delete_with_ifMatch_removes_that_version_only()
    {
        var old = await PutAsync("d", Bytes(10));
        var present = await PutAsync("d", Bytes(10, 2));
        Assert.False(await Store.DeleteAsync(At("d"), old.ETag, Cancel));
        Assert.Equal(Bytes(10, 2), await GetAsync("d"));
        Assert.True(await Store.DeleteAsync(At("d"), present.ETag, Cancel));
        Assert.Null(await Store.FindAsync(At("d"), Cancel));
        Assert.False(await Store.DeleteAsync(At("d"), present.ETag, Cancel));
    }

    [Fact]
    public async Task A_cancelled_write_leaves_the_old_object()
    {
        await PutAsync("c", Bytes(100), Meta(("v", "old")));
        foreach (var key in new[] { "c", "new" })
        {
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            var content = new ScriptedContent(Bytes(3 << 20, 2), 2 << 20, async token =>
            {
                await cancel.CancelAsync();
                token.ThrowIfCancellationRequested();
            });
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
                await Store.PutAsync(new PutRequest(At(key), content, Meta(("v", "new"))), null, cancel.Token));
        }

        Assert.Equal(Bytes(100), await GetAsync("c"));
        Assert.Equal("old", (await Store.FindAsync(At("c"), Cancel))!.Metadata["v"]);
        Assert.Equal(["c"], await ListKeysAsync());
    }

    [Fact]
    public async Task Content_that_fails_leaves_the_old_object_and_its_own_error_comes_out()
    {
        await PutAsync("c", Bytes(100), Meta(("v", "old")));
        var failing = new ScriptedContent(Bytes(3 << 20, 2), 2 << 20, _ => throw new DeltaGliderException(ErrorKind.FileUnreadable, "x.zip", "x.zip: bad sector"));
        await FailsAsync(ErrorKind.FileUnreadable, async () => await Store.PutAsync(new PutRequest(At("c"), failing, Meta(("v", "new"))), null, Cancel));
        await FailsAsync(ErrorKind.FileUnreadable, async () => await Store.PutAsync(new PutRequest(At("new"), failing, Meta()) { Condition = PutCondition.IfAbsent }, null, Cancel));
        await FailsAsync(ErrorKind.FileChanged, async () => await Store.PutAsync(new PutRequest(At("c"), new ShortContent(Bytes(1000), 1001), Meta()), null, Cancel));
        Assert.Equal(Bytes(100), await GetAsync("c"));
        Assert.Equal("old", (await Store.FindAsync(At("c"), Cancel))!.Metadata["v"]);
        Assert.Equal(["c"], await ListKeysAsync());
    }

    [Fact]
    public async Task A_reader_beside_writers_sees_whole_versions_with_their_own_metadata()
    {
        await PutVersionAsync(0);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var writers = Enumerable.Range(1, 2).Select(w => Task.Run(
            async () =>
            {
                for (var i = w; !done.IsCancellationRequested; i += 2) await PutVersionAsync(i % 100);
            },
            Cancel)).ToArray();
        for (var i = 0; i < 60; i++)
        {
            await using var opened = await Store.OpenAsync(At("v"), Cancel);
            var bytes = await ReadAllAsync(opened.Content);
            var version = int.Parse(opened.Description.Metadata["version"], System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(Version(version), bytes);
            Assert.Equal(bytes.Length, opened.Description.Size);
            var found = (await Store.FindAsync(At("v"), Cancel))!;
            Assert.Equal(Version(int.Parse(found.Metadata["version"], System.Globalization.CultureInfo.InvariantCulture)).Length, found.Size);
        }

        await done.CancelAsync();
        await Task.WhenAll(writers);

        async Task PutVersionAsync(int version) => await PutAsync("v", Version(version), Meta(("version", $"{version}")));

        static byte[] Version(int version) => Bytes(60_000 + (version * 100), version);
    }

    [Fact]
    public async Task Writers_and_removers_of_one_key_leave_it_whole_or_absent()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(w => Task.Run(
            async () =>
            {
                for (var i = 0; i < 15; i++)
                {
                    if (w % 2 == 0) await PutAsync("deep/er/key", Bytes(2000, i), Meta(("seed", $"{i}")));
                    else await Store.DeleteAsync(At("deep/er/key"), null, Cancel);
                    if (await Store.FindAsync(At("deep/er/key"), Cancel) is null) continue;
                    try
                    {
                        await using var opened = await Store.OpenAsync(At("deep/er/key"), Cancel);
                        Assert.Equal(Bytes(2000, int.Parse(opened.Description.Metadata["seed"], System.Globalization.CultureInfo.InvariantCulture)), await ReadAllAsync(opened.Content));
                    }
                    catch (DeltaGliderException e) when (e.Kind == ErrorKind.ObjectNotFound)
                    {
                        // Removed in between.
                    }
                }
            },
            Cancel)));
        await PutAsync("deep/er/key", Bytes(7));
        Assert.Equal(Bytes(7), await GetAsync("deep/er/key"));
    }
}
