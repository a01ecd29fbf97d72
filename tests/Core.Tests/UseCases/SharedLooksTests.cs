using System.Collections.Concurrent;
using DeltaGlider.Core.UseCases.Parts;

namespace DeltaGlider.Core.Tests.UseCases;

/// <summary>Looks that several share.</summary>
public sealed class SharedLooksTests
{
    private readonly BlockingCollection<TaskCompletionSource<int>> _looks = [];
    private readonly SharedLooks<string, int> _sut;
    private CancellationToken _last;

    public SharedLooksTests() => _sut = new SharedLooks<string, int>((_, token) =>
    {
        _last = token;
        var look = new TaskCompletionSource<int>();
        _looks.Add(look, CancellationToken.None);
        return look.Task.WaitAsync(token);
    });

    [Fact]
    public async Task Who_asks_while_a_look_is_under_way_shares_the_next_one()
    {
        var first = AskAsync("a");
        var under = Next();
        var later = Enumerable.Range(0, 5).Select(_ => AskAsync("a")).ToArray();
        Assert.Empty(_looks);
        under.SetResult(1);
        Assert.Equal(1, await first);
        Next().SetResult(2);
        Assert.All(await Task.WhenAll(later), seen => Assert.Equal(2, seen));
        var last = AskAsync("a");
        Next().SetResult(3);
        Assert.Equal(3, await last);
    }

    [Fact]
    public async Task Another_thing_is_another_look()
    {
        var (a, b) = (AskAsync("a"), AskAsync("b"));
        Next().SetResult(1);
        Next().SetResult(2);
        var seen = await Task.WhenAll(a, b);
        Assert.Equal([1, 2], seen);
    }

    [Fact]
    public async Task A_failure_is_that_of_those_who_share_it_and_not_of_the_next()
    {
        var first = AskAsync("a");
        var later = AskAsync("a");
        Next().SetException(new IOException("once"));
        await Assert.ThrowsAsync<IOException>(() => first);
        Next().SetResult(2);
        Assert.Equal(2, await later);
    }

    [Fact]
    public async Task Who_comes_when_the_last_has_left_the_next_look_gets_one_of_his_own()
    {
        var first = AskAsync("a");
        var under = Next();
        using (var leaving = new CancellationTokenSource())
        {
            var left = _sut.AskAsync("a", leaving.Token).AsTask();
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        }

        var later = AskAsync("a");
        under.SetResult(1);
        Assert.Equal(1, await first);
        Next().SetResult(2);
        Assert.Equal(2, await later);
    }

    [Fact]
    public async Task A_look_ends_when_the_last_who_waits_gives_up_and_not_before()
    {
        using var cancel1 = new CancellationTokenSource();
        using var cancel2 = new CancellationTokenSource();
        var blocker = AskAsync("a");
        var one = _sut.AskAsync("a", cancel1.Token).AsTask();
        var two = _sut.AskAsync("a", cancel2.Token).AsTask();
        Next().SetResult(0);
        await blocker;
        Next();
        var token = _last;
        await cancel1.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        Assert.False(token.IsCancellationRequested);
        await cancel2.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => two);
        Assert.True(token.IsCancellationRequested);

        var again = AskAsync("a");
        Next().SetResult(7);
        Assert.Equal(7, await again);
    }

    private Task<int> AskAsync(string key) => _sut.AskAsync(key, TestContext.Current.CancellationToken).AsTask();

    private TaskCompletionSource<int> Next() => _looks.Take(TestContext.Current.CancellationToken);
}
