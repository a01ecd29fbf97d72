namespace DeltaGlider.Torture.Tests.Scenarios;

/// <summary>
/// One key is written over and over, now as a delta and now whole, while others read it: each reader gets one of the
/// versions written, whole, and never an older one than had been reported as stored when it began.
/// </summary>
internal sealed class OverwritersAndReaders : Scenario
{
    private const int Versions = 8;

    public override string Name => "overwriter-readers";

    public override async Task RoundAsync(Lab lab, int round, Random random)
    {
        var prefix = $"or/{round}/";
        var key = prefix + "x.zip";
        var seed = random.Next();
        var payloads = Enumerable.Range(0, Versions + 1).Select(i => new Payload(seed, i + 1, 50_000)).ToArray();
        var order = payloads.Select((payload, i) => (Sha256: payload.Sha256(), i)).ToDictionary(pair => pair.Sha256, pair => pair.i);
        await lab.WaveAsync([(Turn(lab, 0), Job.Put(prefix + "other.zip", new Payload(seed, 99, 50_000))), (Turn(lab, 1), Job.Put(key, payloads[0]))]);

        var outcomes = new List<Outcome>();
        var done = 0;
        var writing = WriteAsync();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => ReadAsync(Turn(lab, 1 + (i % 3)))).Append(writing));
        lab.Settle(outcomes);
        await lab.VerifyAsync(prefix);
        lab.Ledger.Clear();

        async Task WriteAsync()
        {
            for (var i = 1; i <= Versions; i++)
            {
                Note(await Turn(lab, 0).RunAsync((i + round) % 2 == 0 ? Job.Put(key, payloads[i]) : Job.Direct(key, payloads[i])));
                Volatile.Write(ref done, i);
            }
        }

        async Task ReadAsync(Worker worker)
        {
            while (!writing.IsCompleted)
            {
                var oldest = Volatile.Read(ref done);
                var outcome = await worker.RunAsync(Job.Get(key));
                Note(outcome);
                if (outcome.IsOk && order.GetValueOrDefault(outcome.Detail, -1) < oldest) lab.Tally.Wrong.Add($"get {key}: an older version than was stored already, or none ({outcome.Detail})");
                if (!outcome.IsOk) lab.Tally.Lost.Add($"get {key}: {outcome.Result} {outcome.Detail}");
            }
        }

        void Note(Outcome outcome)
        {
            lock (outcomes) outcomes.Add(outcome);
        }
    }
}
