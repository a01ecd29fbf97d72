using System.Diagnostics;
using DeltaGlider.Benchmarks.Compare;

namespace DeltaGlider.Benchmarks.Folders;

/// <summary>One of the two programs, on a bucket of its own.</summary>
internal sealed class SyncTool(bool isAws, Uri server, string folder, string bucket)
{
    /// <summary>Makes the bucket.</summary>
    public Task MakeBucketAsync() => RunAsync("aws", "s3", "mb", $"s3://{bucket}", "--endpoint-url", server.OriginalString);

    /// <summary>Syncs the folder.</summary>
    public Task<SyncFigures> SyncAsync() => SyncAsync(server);

    /// <summary>Syncs the bucket into another folder.</summary>
    public Task<SyncFigures> FetchAsync(string into) => RunAsync(Dotnet, CommandLine(), "sync", $"s3://{bucket}/tree", into, "--endpoint-url", server.OriginalString, "--quiet");

    /// <summary>Removes the bucket and all that is in it.</summary>
    public Task EmptyAsync() => RunAsync("aws", "s3", "rb", $"s3://{bucket}", "--force", "--endpoint-url", server.OriginalString);

    /// <summary>Syncs the folder and counts the requests, by method.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountAsync()
    {
        using var relay = new CountingRelay(server);
        await SyncAsync(relay.Address);
        return relay.Counts;
    }

    private Task<SyncFigures> SyncAsync(Uri endpoint) => isAws
        ? RunAsync("aws", "s3", "sync", folder, $"s3://{bucket}/tree", "--endpoint-url", endpoint.OriginalString, "--only-show-errors")
        : RunAsync(Dotnet, CommandLine(), "sync", folder, $"s3://{bucket}/tree", "--endpoint-url", endpoint.OriginalString, "--quiet");

    private static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    // <root>/tests/Benchmarks/bin/<configuration>/net10.0/
    private static string CommandLine()
    {
        var output = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var root = output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(root, "src", "DeltaGlider.Cli", "bin", output.Parent.Name, output.Name, "deltaglider.dll");
    }

    private static async Task<SyncFigures> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["AWS_ACCESS_KEY_ID"] = SyncCommand.Need("DG_TEST_S3_ACCESS_KEY");
        start.Environment["AWS_SECRET_ACCESS_KEY"] = SyncCommand.Need("DG_TEST_S3_SECRET_KEY");
        start.Environment["AWS_REGION"] = "us-east-1";
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        var peak = await MemoryPeak.WatchAsync(process);
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await errors}{await output}");
        return new SyncFigures(peak.Seconds, peak.CpuSeconds, peak.Resident);
    }
}
