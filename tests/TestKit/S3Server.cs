using System.Diagnostics;

namespace DeltaGlider.TestKit;

/// <summary>
/// A real S3 server for tests: the one that <c>DG_TEST_S3_ENDPOINT</c>, <c>DG_TEST_S3_ACCESS_KEY</c> and
/// <c>DG_TEST_S3_SECRET_KEY</c> name, else a Ceph RADOS Gateway started by <c>tests/s3/start-ceph.sh</c>. All test
/// processes share it; it stops half a minute after the last of them has ended, or by <c>tests/s3/stop-ceph.sh</c>.
/// </summary>
/// <param name="Endpoint">Its URL.</param>
/// <param name="AccessKey">An access key that may do everything.</param>
/// <param name="SecretKey">The secret key to it.</param>
public sealed record S3Server(string Endpoint, string AccessKey, string SecretKey)
{
    private static readonly Lazy<(S3Server? Server, string Reason)> Found = new(Find);

    // Held open, and so locked, as long as this process lives: start-ceph.sh looks at it before it stops the server.
    private static FileStream? _inUse;

    /// <summary>Where a server that tests/s3/start-ceph.sh starts for the tests keeps its data.</summary>
    public static string Folder => Environment.GetEnvironmentVariable("CEPH_LAB_DIR") ?? Path.Combine(Path.GetTempPath(), "deltaglider-ceph");

    /// <summary>The server; without one the running test is skipped, or fails where <c>DG_TEST_REQUIRE</c> names s3.</summary>
    public static S3Server Demand()
    {
        var (server, reason) = Found.Value;
        Requirement.Demand("s3", server is not null, reason);
        return server!;
    }

    /// <summary>The server, for a test that does with or without; fails where <c>DG_TEST_REQUIRE</c> names s3.</summary>
    public static S3Server? IfAny() => Requirement.IsRequired("s3") ? Demand() : Found.Value.Server;

    private static (S3Server? Server, string Reason) Find()
    {
        if (Environment.GetEnvironmentVariable("DG_TEST_S3_ENDPOINT") is { Length: > 0 } endpoint)
        {
            return (new S3Server(endpoint, Need("DG_TEST_S3_ACCESS_KEY"), Need("DG_TEST_S3_SECRET_KEY")), "");
        }

        if (!OperatingSystem.IsLinux() || Requirement.FindProgram("radosgw") is null || Requirement.FindProgram("ceph-mon") is null || Requirement.FindProgram("ceph-osd") is null)
            return (null, "a Ceph RADOS Gateway (tests/s3/install-ceph.sh), or DG_TEST_S3_ENDPOINT, DG_TEST_S3_ACCESS_KEY and DG_TEST_S3_SECRET_KEY");
        return Script() is { } script ? Start(script) : (null, "tests/s3/start-ceph.sh, which is not above the tests' folder");
    }

    private static string Need(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"DG_TEST_S3_ENDPOINT is set and {variable} is not.");

    private static string? Script()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var script = Path.Combine(folder.FullName, "tests", "s3", "start-ceph.sh");
            if (File.Exists(script)) return script;
        }

        return null;
    }

    private static (S3Server? Server, string Reason) Start(string script)
    {
        var data = Folder;
        _inUse = Hold(data + ".users");
        var start = new ProcessStartInfo("bash") { ArgumentList = { script }, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["CEPH_LAB_DIR"] = data;
        start.Environment["CEPH_LAB_AUTOSTOP"] = "1";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var values = process.StandardOutput.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1]);
        process.WaitForExit();
        return process.ExitCode == 0
            ? (new S3Server(values["S3_ENDPOINT"], values["S3_ACCESS_KEY"], values["S3_SECRET_KEY"]), "")
            : (null, $"a Ceph that starts; tests/s3/start-ceph.sh said: {errors.Result.Trim()}");
    }

    private static FileStream Hold(string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            }
            catch (IOException) when (attempt < 50)
            {
                // The watcher has it for the moment it takes to look.
                Thread.Sleep(50);
            }
        }
    }
}
