using System.Diagnostics;
using System.Globalization;
using DeltaGlider.TestKit;

namespace DeltaGlider.Torture.Tests;

/// <summary>A Ceph of one's own, which may be stopped, killed and administered: the one in <c>DG_TORTURE_LAB_DIR</c>.</summary>
internal sealed class Gateway
{
    private const int Stop = 19;
    private const int Continue = 18;

    private readonly string _folder;

    private Gateway(string folder) => _folder = folder;

    private string PidFile => Path.Combine(_folder, "rgw.pid");

    private int Pid => int.Parse(File.ReadAllText(PidFile), CultureInfo.InvariantCulture);

    public static Gateway? IfAny() => Environment.GetEnvironmentVariable("DG_TORTURE_LAB_DIR") is { Length: > 0 } folder && File.Exists(Path.Combine(folder, "rgw.pid")) ? new Gateway(folder) : null;

    /// <summary>The cluster of the tests' own S3 server, where that is a Ceph of this machine: to make users in, and not to be stopped.</summary>
    public static Gateway DemandForUsers(S3Server server)
    {
        var folder = S3Server.Folder;
        var isOurs = File.Exists(Path.Combine(folder, "env")) && File.ReadAllText(Path.Combine(folder, "env")).Contains($"={server.Endpoint}\n", StringComparison.Ordinal);
        Requirement.Demand("radosgw-admin", isOurs, "an S3 server that tests/s3/start-ceph.sh has started");
        return new Gateway(folder);
    }

    /// <summary>The gateway holds its breath: connections stay, nothing answers.</summary>
    public async Task PauseAsync(TimeSpan time)
    {
        UnixSignal.Send(Pid, Stop);
        await Task.Delay(time);
        UnixSignal.Send(Pid, Continue);
    }

    /// <summary>The gateway dies, and is started again.</summary>
    public async Task RestartAsync(TimeSpan down)
    {
        var pid = Pid;
        var command = (await File.ReadAllTextAsync($"/proc/{pid}/cmdline")).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        UnixSignal.Send(pid, 9);
        await Task.Delay(down);
        var start = new ProcessStartInfo("setsid") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var word in (string[])["-f", "sh", "-c", "echo $$ >\"$0\"; exec \"$@\" >/dev/null 2>&1 </dev/null", PidFile, .. command]) start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
    }

    /// <summary>Runs <c>radosgw-admin</c>.</summary>
    public async Task AdministerAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("radosgw-admin") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in (string[])["-c", Path.Combine(_folder, "ceph.conf"), .. arguments]) start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"radosgw-admin {string.Join(' ', arguments)}: {await errors}");
    }
}
