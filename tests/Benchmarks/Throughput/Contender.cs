using System.Diagnostics;
using DeltaGlider.TestKit;

namespace DeltaGlider.Benchmarks.Throughput;

/// <summary>A tool that can store the files of a folder.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Program">What is started; null where it is not on this machine.</param>
/// <param name="Arguments">Its arguments for a folder, or a file, and the prefix that it goes to.</param>
internal sealed record Contender(string Name, string? Program, Func<string, string, string[]> Arguments)
{
    /// <summary>True where the tool is started once per file.</summary>
    public bool IsPerFile { get; init; }

    /// <summary>All of them, ours first.</summary>
    public static IEnumerable<Contender> All(string endpoint)
    {
        var program = Environment.ProcessPath!;
        // Under `dotnet some.dll` the process is the host, and the assembly its first argument.
        string[] prefix = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase) ? [typeof(Contender).Assembly.Location] : [];
        yield return new("DeltaGlider's use cases, one process", program, (folder, to) => [.. prefix, PutWorker.Command, folder, to, endpoint]);
        var module = Module();
        yield return new("Copy-DGObject in pwsh", module is null ? null : Requirement.FindProgram("pwsh"), (folder, to) =>
            ["-NoProfile", "-NonInteractive", "-Command", $"$ErrorActionPreference = 'Stop'; Import-Module '{module}'; $null = Copy-DGObject '{folder}/*' '{to}' -EndpointUrl '{endpoint}' -Region us-east-1"]);
        var aws = Requirement.FindProgram("aws");
        yield return new("aws s3 cp per file, raw", aws, (file, to) => ["s3", "cp", "--only-show-errors", "--endpoint-url", endpoint, file, to]) { IsPerFile = true };
        yield return new("aws s3 sync, raw", aws, (folder, to) => ["s3", "sync", "--only-show-errors", "--endpoint-url", endpoint, folder, to]);
        yield return new("s5cmd cp, raw", Requirement.FindProgram("s5cmd"), (folder, to) => ["--endpoint-url", endpoint, "cp", $"{folder}/*", to]);
        yield return new("rclone copy, raw", Requirement.FindProgram("rclone"), (folder, to) =>
            ["copy", folder, $":s3,provider=Ceph,env_auth=true,endpoint=\"{endpoint}\",no_check_bucket=true:{to["s3://".Length..]}"]);
    }

    /// <summary>Runs it once over a folder, or once for each of its files.</summary>
    public async Task<TimeSpan> RunAsync(IEnumerable<string> sources, string destination, IReadOnlyDictionary<string, string> environment)
    {
        var clock = Stopwatch.StartNew();
        foreach (var source in sources)
        {
            using var process = Start(source, destination, environment);
            var (errors, output) = (process.StandardError.ReadToEndAsync(), process.StandardOutput.ReadToEndAsync());
            await process.WaitForExitAsync();
            if (process.ExitCode != 0) throw new InvalidOperationException($"{Name} ended with {process.ExitCode}: {await errors}{await output}");
        }

        return clock.Elapsed;
    }

    /// <summary>Starts it.</summary>
    public Process Start(string source, string destination, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(Program!, Arguments(source, destination)) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        start.Environment["DOTNET_TieredPGO"] = "0"; // as the command line has it
        return Process.Start(start)!;
    }

    private static string? Module()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var module = Path.Combine(folder.FullName, "out", "DeltaGlider");
            if (File.Exists(Path.Combine(module, "DeltaGlider.psd1"))) return module;
        }

        return null;
    }
}
