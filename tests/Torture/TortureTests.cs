using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.TestKit;

namespace DeltaGlider.Torture.Tests;

/// <summary>A few rounds of every scenario; the program itself does as many as one likes.</summary>
public sealed class TortureTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. Scenario.All.Where(one => one.Name is not ("outages" or "throttled")).Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nothing_is_lost_on_an_S3_server(string name)
    {
        var server = S3Server.Demand();
        await RunAsync(name, 2, new TortureOptions { Endpoint = server.Endpoint, AccessKey = server.AccessKey, SecretKey = server.SecretKey });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nothing_is_lost_in_a_folder(string name)
    {
        using var folder = new TempFolder();
        await RunAsync(name, 1, new TortureOptions { Endpoint = new Uri(folder["store"]).AbsoluteUri });
    }

    [Fact]
    public async Task Nothing_is_lost_when_the_server_turns_requests_away_and_loses_answers()
    {
        var server = S3Server.Demand();
        var tally = await RunAsync("throttled", 4, new TortureOptions { Endpoint = server.Endpoint, AccessKey = server.AccessKey, SecretKey = server.SecretKey });
        Assert.InRange(tally.Faults, 10, int.MaxValue);
    }

    [Fact]
    public async Task An_S3_server_that_honours_conditions_is_seen_to()
    {
        var server = S3Server.Demand();
        using var client = await Client.OpenAsync(server.Endpoint, server.AccessKey, server.SecretKey);
        var bucket = $"torture-{Guid.NewGuid():n}"[..24];
        await client.Store.CreateBucketAsync(bucket, TestContext.Current.CancellationToken);
        Assert.True(await client.Store.CreatesOnlyOnceAsync(bucket, TestContext.Current.CancellationToken));
        Assert.Equal(0, await new Survey(client.Store, bucket).TemporariesAsync());
    }

    [Fact]
    public async Task A_full_disk_leaves_the_old_file_and_no_other()
    {
        Requirement.Demand("root", Environment.IsPrivilegedProcess && OperatingSystem.IsLinux(), "a small tmpfs has to be mounted");
        using var folder = new TempFolder();
        var small = Directory.CreateDirectory(folder["small"]).FullName;
        Requirement.Demand("tmpfs", await ExitOfAsync("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small) == 0, "mount -t tmpfs is not allowed here");
        try
        {
            Directory.CreateDirectory(folder["store", "bucket"]);
            using var client = await Client.OpenAsync(new Uri(folder["store"]).AbsoluteUri, null, null);
            var (put, get, cancel) = (client.UseCases.Put, client.UseCases.Get, TestContext.Current.CancellationToken);
            foreach (var name in new[] { "large.zip", "large.txt" })
            {
                await put.RunAsync(put.Plan(new PutObjectRequest(folder.Write(name, new Payload(1, 1, 3 << 20).Bytes()), new S3Uri("bucket", name))), null, cancel);
                var target = Path.Combine(small, name);
                await File.WriteAllBytesAsync(target, [1, 2, 3], cancel);
                var plan = await get.PlanAsync(new GetObjectRequest(new S3Uri("bucket", name), target), cancel);
                var error = await Assert.ThrowsAsync<DeltaGliderException>(async () => await get.RunAsync(plan, null, cancel));
                Assert.Equal(ErrorKind.DiskFull, error.Kind);
                Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(target, cancel));
                Assert.Equal([target], Directory.GetFiles(small));
                File.Delete(target);
            }
        }
        finally
        {
            await ExitOfAsync("umount", small);
        }
    }

    private async Task<Tally> RunAsync(string name, int rounds, TortureOptions options)
    {
        await using var lab = await Lab.OpenAsync(options, Scenario.All.Single(one => one.Name == name), output.WriteLine);
        await lab.RunAsync(Scenario.All.Single(one => one.Name == name), rounds, 15, TestContext.Current.CancellationToken);
        output.WriteLine(Tally.Table([lab.Tally]));
        Assert.True(lab.Tally.IsClean, lab.Tally.ToString());
        Assert.DoesNotContain("foreign file", lab.Tally.Leftovers.Keys);
        return lab.Tally;
    }

    private static async Task<int> ExitOfAsync(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
