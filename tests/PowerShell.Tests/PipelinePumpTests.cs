using System.Management.Automation;
using DeltaGlider.Base;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.PowerShell.Tests;

public sealed class PipelinePumpTests : IDisposable
{
    private readonly PipelinePump _pump = new();
    private bool _cleared;

    public void Dispose() => _pump.Dispose();

    [Fact]
    public void Calls_run_on_the_thread_that_pumps_and_their_results_come_back()
    {
        var pipeline = Environment.CurrentManagedThreadId;
        var (worker, caller, sum) = (0, 0, 0);

        Run(async token =>
        {
            worker = Environment.CurrentManagedThreadId;
            for (var i = 1; i <= 100; i++) sum += await _pump.CallAsync(() => i, token);
            caller = await _pump.CallAsync(() => Environment.CurrentManagedThreadId, token);
        });

        Assert.NotEqual(pipeline, worker);
        Assert.Equal(pipeline, caller);
        Assert.Equal(5050, sum);
        Assert.False(_cleared);
    }

    [Fact]
    public void What_was_posted_before_the_end_is_run_before_the_end()
    {
        var told = new List<int>();

        Run(token =>
        {
            for (var i = 0; i < 10; i++)
            {
                var number = i;
                _pump.Post(() => told.Add(number));
            }

            return Task.CompletedTask;
        });

        Assert.Equal(Enumerable.Range(0, 10), told);
    }

    [Fact]
    public void When_a_call_throws_the_work_is_cancelled_and_awaited_before_it_is_told()
    {
        var ended = false;

        var thrown = Assert.Throws<InvalidOperationException>(() => Run(async token =>
        {
            try
            {
                await _pump.CallAsync<bool>(() => throw new InvalidOperationException("downstream has enough"), token);
            }
            finally
            {
                // What an upload needs to abort itself.
                await Task.Delay(50, CancellationToken.None);
                ended = token.IsCancellationRequested;
            }
        }));

        Assert.Equal("downstream has enough", thrown.Message);
        Assert.True(ended);
        Assert.True(_cleared);
    }

    [Fact]
    public void A_posted_call_that_throws_ends_the_work_too()
    {
        Assert.Throws<InvalidOperationException>(() => Run(async token =>
        {
            _pump.Post(() => throw new InvalidOperationException());
            await Task.Delay(Timeout.Infinite, token);
        }));
    }

    [Fact]
    public void An_error_of_the_domain_comes_back_to_the_worker()
    {
        Exception? caught = null;

        Run(async token => caught = await Record.ExceptionAsync(() => _pump.CallAsync<bool>(() => throw Fail.ObjectNotFound(new S3Uri("bkt", "k")), token)));

        Assert.IsType<DeltaGliderException>(caught);
        Assert.False(_cleared);
    }

    [Fact]
    public void What_the_work_throws_is_thrown() =>
        Assert.Throws<DeltaGliderException>(() => Run(_ => throw Fail.ObjectNotFound(new S3Uri("bkt", "k"))));

    [Fact]
    public async Task Stopped_from_another_thread_it_cancels_and_says_so()
    {
        var started = new TaskCompletionSource();
        var cancelled = false;
        var stopper = started.Task.ContinueWith(_ => _pump.Stop(), TaskScheduler.Default);

        Assert.Throws<PipelineStoppedException>(() => Run(async token =>
        {
            started.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                cancelled = true;
            }
        }));

        Assert.True(cancelled);
        await stopper;
    }

    [Fact]
    public void Stopping_or_posting_after_the_end_is_no_error()
    {
        _pump.Dispose();

        _pump.Stop();
        _pump.Post(() => { });
    }

    [Fact]
    public void Sixty_four_workers_write_through_one_thread()
    {
        var pipeline = Environment.CurrentManagedThreadId;
        var written = new List<int>();

        Run(token => Task.WhenAll(Enumerable.Range(0, 64).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                await _pump.CallAsync(() =>
                {
                    Assert.Equal(pipeline, Environment.CurrentManagedThreadId);
                    written.Add(worker);
                    return true;
                }, token);
            }
        }, token))));

        Assert.Equal(64 * 50, written.Count);
    }

    private void Run(Func<CancellationToken, Task> work) => _pump.Run(work, () => _cleared = true);
}
