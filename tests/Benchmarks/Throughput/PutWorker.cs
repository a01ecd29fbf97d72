using DeltaGlider.Adapters.Cache;
using DeltaGlider.Adapters.Codec;
using DeltaGlider.Adapters.Files;
using DeltaGlider.Adapters.S3;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.UseCases;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeltaGlider.Benchmarks.Throughput;

/// <summary>Stores the files of a folder, as a command of the module does, in a process of its own.</summary>
internal static class PutWorker
{
    public const string Command = "put-worker";

    /// <summary>The process: <c>FOLDER s3://bucket/prefix/ ENDPOINT</c>; the keys are in the environment.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var folder, var destination, var endpoint]) return 2;
        var gate = new TransferGate();
        using var connection = await new StoreConnector().ConnectAsync(new S3ConnectionOptions { EndpointUrl = endpoint, Region = "us-east-1", Gate = gate }, CancellationToken.None);
        using var cache = new MemoryReferenceCache(100L << 20);
        var ports = new UseCasePorts(connection.Store, new VcdiffCodec(gate: gate), cache, new LocalFiles(), TimeProvider.System, NullLoggerFactory.Instance) { Transfers = gate };
        var put = new DeltaGliderUseCases(ports, DeltaPolicy.Default, "0.0.0-benchmark").Put;
        var target = S3Uri.Parse(destination);
        var running = new List<Task>();
        foreach (var file in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
        {
            var lane = await gate.EnterAsync(CancellationToken.None);
            running.Add(StoreAsync(put, put.Plan(new PutObjectRequest(file, target)), lane));
        }

        await Task.WhenAll(running);
        return 0;
    }

    private static async Task StoreAsync(PutObject put, PutObjectPlan plan, IDisposable lane)
    {
        using (lane) await put.RunAsync(plan, null, CancellationToken.None);
    }
}
