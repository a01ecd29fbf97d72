using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace DeltaGlider.Torture.Tests;

/// <summary>A child process, as its parent sees it.</summary>
internal sealed class Worker : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentDictionary<string, (Job Job, TaskCompletionSource<Outcome> Done)> _open = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private volatile bool _ended;
    private int _next;

    public Worker(string bucket, string folder, string endpoint, string? accessKey, string? secretKey, TimeSpan clock)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardInput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Add(typeof(Worker).Assembly.Location);
        start.Environment[Child.Variable] = string.Join('\t', bucket, folder, endpoint, accessKey, secretKey, clock.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        _process = Process.Start(start)!;
        _reading = ReadAsync();
    }

    public int Id => _process.Id;

    public Task ReadyAsync() => _ready.Task;

    /// <summary>Gives the child a job; the outcome is "killed" if it dies before it says more.</summary>
    public async Task<Outcome> RunAsync(Job job)
    {
        var id = $"{Interlocked.Increment(ref _next)}";
        var done = new TaskCompletionSource<Outcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        _open[id] = (job, done);
        try
        {
            var line = job.ToLine(int.Parse(id, CultureInfo.InvariantCulture));
            lock (_process)
            {
                _process.StandardInput.WriteLine(line);
                _process.StandardInput.Flush();
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            FailOpen();
        }

        if (_ended) FailOpen();
        return await done.Task;
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _reading;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
            }
        }

        await _reading;
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == "ready")
            {
                _ready.TrySetResult();
                continue;
            }

            var words = line.Split('\t');
            if (words.Length == 3 && _open.TryRemove(words[0], out var open)) open.Done.TrySetResult(new Outcome(open.Job, words[1], words[2]));
        }

        _ended = true;
        _ready.TrySetResult();
        FailOpen();
    }

    private void FailOpen()
    {
        foreach (var id in _open.Keys)
            if (_open.TryRemove(id, out var open)) open.Done.TrySetResult(new Outcome(open.Job, Outcome.Killed, ""));
    }
}
