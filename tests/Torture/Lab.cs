using System.Diagnostics;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.TestKit;

namespace DeltaGlider.Torture.Tests;

/// <summary>A store, the processes that work on it, and the book that is kept of what they did.</summary>
internal sealed class Lab : IAsyncDisposable
{
    private readonly TortureOptions _options;
    private readonly Action<string> _say;
    private readonly TempFolder _folder = new();
    private readonly List<Worker> _workers = [];
    private readonly Scenario _scenario;
    private readonly FlakyProxy? _proxy;

    private Lab(TortureOptions options, Scenario scenario, Action<string> say)
    {
        _options = options;
        _say = say;
        Bucket = $"torture-{Guid.NewGuid().ToString("n")[..12]}";
        _scenario = scenario;
        _proxy = scenario.FaultShare > 0 && !IsFolder ? new FlakyProxy(options.Endpoint!, scenario.FaultShare, options.Seed) : null;
        Tally = new Tally(scenario.Name + (IsFolder ? " (folder)" : ""));
    }

    public string Bucket { get; }

    public Tally Tally { get; }

    public Ledger Ledger { get; } = new();

    /// <summary>The SHA-256 of everything that a put has begun to store.</summary>
    public HashSet<string> EverPut { get; } = [];

    public IReadOnlyList<Worker> Workers => _workers;

    public bool IsFolder => _options.Endpoint!.StartsWith("file:", StringComparison.Ordinal);

    public string Folder => _folder.Path;

    public static async Task<Lab> OpenAsync(TortureOptions options, Scenario scenario, Action<string> say)
    {
        var lab = new Lab(options, scenario, say);
        using (var client = await lab.ClientAsync()) await client.Store.CreateBucketAsync(lab.Bucket, CancellationToken.None);
        for (var i = 0; i < scenario.Processes; i++) lab._workers.Add(lab.StartWorker());
        foreach (var worker in lab._workers) await worker.ReadyAsync();
        return lab;
    }

    public Worker StartWorker() => new(Bucket, Folder, _proxy?.Url ?? _options.Endpoint!, _options.AccessKey, _options.SecretKey, _scenario.ClockOf(_workers.Count));

    public Task<Client> ClientAsync() => Client.OpenAsync(_options.Endpoint!, _options.AccessKey, _options.SecretKey);

    public async Task RunAsync(Scenario scenario, int rounds, int seconds, CancellationToken cancellationToken)
    {
        var started = Stopwatch.StartNew();
        for (var round = 0; round < rounds && started.Elapsed.TotalSeconds < seconds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var problems = Tally.Lost.Count + Tally.Wrong.Count + Tally.Errors.Count;
            await scenario.RoundAsync(this, round, new Random(HashCode.Combine(_options.Seed, round)));
            Tally.Rounds++;
            if (Tally.Lost.Count + Tally.Wrong.Count + Tally.Errors.Count > problems) _say($"{scenario.Name}, round {round}, seed {_options.Seed}: {Tally}");
        }

        await scenario.EndAsync(this);
        using (var client = await ClientAsync())
            for (var left = await new Survey(client.Store, Bucket).TemporariesAsync(); left > 0; left--) Tally.Leftover("temporary object");
        if (_proxy is not null) Tally.Faults = _proxy.Faults;
        Tally.Seconds = started.Elapsed.TotalSeconds;
    }

    /// <summary>Lets the jobs run at the same time, each at its worker, and settles the book.</summary>
    public async Task<IReadOnlyList<Outcome>> WaveAsync(IEnumerable<(Worker Worker, Job Job)> jobs) =>
        Settle(await Task.WhenAll(jobs.Select(one => one.Worker.RunAsync(one.Job)).ToArray()));

    public IReadOnlyList<Outcome> Settle(IReadOnlyList<Outcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            Tally.Count(outcome);
            if (outcome.Job.Payload is { } payload) EverPut.Add(payload.Sha256());
        }

        Tally.Wrong.AddRange(Ledger.Settle(outcomes));
        return outcomes;
    }

    /// <summary>
    /// Reads every object below a prefix with a client that has nothing cached, and compares with the book; every listed
    /// object has to be readable, and what lies there beside the objects has to be of the kinds that are allowed.
    /// </summary>
    public async Task VerifyAsync(string prefix, bool countLeftovers = true)
    {
        using var client = await ClientAsync();
        var held = new Dictionary<string, string>(StringComparer.Ordinal);
        var listed = new List<string>();
        await foreach (var entry in client.UseCases.List.RunAsync(new ListObjectsRequest(new S3Uri(Bucket, prefix)) { Recurse = true }, CancellationToken.None))
            listed.Add(entry.Uri.Key);
        var keys = listed.Union(Ledger.Allowed.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal))).ToArray();
        await Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (key, _) =>
        {
            var value = await ReadAsync(client, key, listed.Contains(key));
            lock (held) if (value is not null) held[key] = value;
        });
        Tally.ReadBack += held.Count;
        foreach (var key in keys)
        {
            var value = held.GetValueOrDefault(key);
            if (value is "unreadable") continue;
            if (!Ledger.At(key).Contains(value)) (value is null ? Tally.Lost : Tally.Wrong).Add($"{key}: holds {value ?? "nothing"}, may hold {string.Join(" or ", Ledger.At(key).Select(one => one ?? "nothing"))}{await ShowAsync(client, key)}");
            if (value is not null && !listed.Contains(key)) Tally.Wrong.Add($"{key}: readable, and not listed");
            Ledger.Observe(key, value);
        }

        if (countLeftovers) await foreach (var kind in new Survey(client.Store, Bucket).LeftoversAsync(prefix)) Tally.Leftover(kind);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers) await worker.DisposeAsync();
        using (var client = await ClientAsync()) await new Survey(client.Store, Bucket).EmptyAsync();
        _proxy?.Dispose();
        _folder.Dispose();
    }

    private async Task<string?> ReadAsync(Client client, string key, bool isListed)
    {
        var path = Path.Combine(Folder, $"verify-{Guid.NewGuid():N}");
        try
        {
            var get = client.UseCases.Get;
            var result = await get.RunAsync(await get.PlanAsync(new GetObjectRequest(new S3Uri(Bucket, key), path), CancellationToken.None), null, CancellationToken.None);
            File.Delete(path);
            return result.Sha256.ToString();
        }
        catch (DeltaGliderException e) when (e.Kind == ErrorKind.ObjectNotFound && !isListed)
        {
            return null;
        }
        catch (DeltaGliderException e)
        {
            var shown = await ShowAsync(client, key);
            lock (Tally.Lost) Tally.Lost.Add($"{key}: listed and not readable: {e.Kind} {e.Message}{shown}");
            return "unreadable";
        }
    }

    private async Task<string> ShowAsync(Client client, string key)
    {
        var lines = await new Survey(client.Store, Bucket).DescribeAsync(DeltaSpace.Of(new S3Uri(Bucket, key)).Prefix);
        return string.Concat(lines.Select(line => Environment.NewLine + "        " + line));
    }
}
