using System.Diagnostics;
using System.Text;
using System.Text.Json;
using DeltaGlider.TestKit;

namespace DeltaGlider.PowerShell.Tests;

/// <summary>
/// Runs the Pester files of tests/Module.Tests on the staged module, each in a PowerShell of its own. Passes when every
/// test in the file did; what each came to is in the output.
/// </summary>
public sealed class PesterTests(ITestOutputHelper output)
{
    private const int PesterIsMissing = 3;

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Repository.PesterTests, "*.Tests.ps1").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Passes(string file)
    {
        var pwsh = Requirement.FindProgram("pwsh");
        Requirement.Demand("pwsh", pwsh is not null, "PowerShell 7.4 or later on PATH");
        using var folder = new TempFolder();
        var report = Path.Combine(folder.Path, "report.json");

        var (exitCode, said) = await RunAsync(pwsh!, file, report);

        Requirement.Demand("pwsh", exitCode != PesterIsMissing, said);
        Assert.True(File.Exists(report), $"Pester ended with {exitCode} and without a report:\n{said}");
        var tests = JsonSerializer.Deserialize<List<PesterTest>>(await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken), JsonSerializerOptions.Web)!;
        foreach (var test in tests) output.WriteLine($"{test.Result,-8} {test.Seconds,6:0.00} s  {test.Name}");
        output.WriteLine(string.Join(", ", tests.GroupBy(test => test.Result).Select(group => $"{group.Count()} {group.Key}")));
        var failed = tests.Where(test => test.Result == "Failed").Select(test => $"{test.Name}\n{test.Error}").ToList();
        Assert.True(exitCode == 0 && failed.Count == 0, $"{failed.Count} of {tests.Count} failed:\n\n{string.Join("\n\n", failed)}\n{said}");
    }

    private static async Task<(int ExitCode, string Said)> RunAsync(string pwsh, string file, string report)
    {
        var start = new ProcessStartInfo(pwsh)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            ArgumentList =
            {
                "-NoProfile", "-NonInteractive", "-File", Path.Combine(Repository.PesterTests, "Invoke.ps1"),
                "-Path", Path.Combine(Repository.PesterTests, file), "-Report", report,
            },
            Environment = { ["NO_COLOR"] = "1" },
        };
        if (S3Server.IfAny() is { } server)
        {
            start.Environment["DG_TEST_S3_ENDPOINT"] = server.Endpoint;
            start.Environment["DG_TEST_S3_ACCESS_KEY"] = server.AccessKey;
            start.Environment["DG_TEST_S3_SECRET_KEY"] = server.SecretKey;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var said = new StringBuilder();
        var reading = Task.WhenAll(ReadAsync(process.StandardOutput, said), ReadAsync(process.StandardError, said));
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            await reading;
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }

        return (process.ExitCode, said.ToString());
    }

    private static async Task ReadAsync(StreamReader reader, StringBuilder into)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (into) into.AppendLine(line);
        }
    }

    private sealed record PesterTest(string Name, string Result, double Seconds, string? Error);
}
