using System.Diagnostics;
using System.Text;

namespace DeltaGlider.Cli.Tests;

/// <summary>Runs what was built, as a user does.</summary>
internal static class ChildProgram
{
    // <root>/tests/Cli.Tests/bin/<configuration>/net10.0/
    private static readonly DirectoryInfo Output = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    private static string Root => Output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    public static string CommandLine => Built("src", "DeltaGlider.Cli", "deltaglider.dll");

    public static string Demo => Built("samples", "Demo", "DeltaGlider.Demo.dll");

    public static Process Start(string program, string folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(System.Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal) || name.StartsWith("DG_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        start.ArgumentList.Add(program);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    public static async Task<Outcome> RunAsync(string program, string folder, params string[] arguments)
    {
        using var process = Start(program, folder, null, arguments);
        return await EndAsync(process);
    }

    public static async Task<Outcome> EndAsync(Process process)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(90));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new Outcome(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    private static string Built(string area, string project, string file)
    {
        var path = Path.Combine(Root, area, project, "bin", Output.Parent!.Name, Output.Name, file);
        Assert.True(File.Exists(path), $"{path} is not built.");
        return path;
    }
}
