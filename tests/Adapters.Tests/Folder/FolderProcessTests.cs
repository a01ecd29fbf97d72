using System.Diagnostics;
using System.Globalization;
using DeltaGlider.Adapters.Folder;
using DeltaGlider.Core.Model;
using DeltaGlider.TestKit;

namespace DeltaGlider.Adapters.Tests.Folder;

/// <summary>Several processes on one folder, and processes that are killed.</summary>
public sealed class FolderProcessTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public FolderProcessTests() => Directory.CreateDirectory(_folder["bucket"]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Of_two_processes_that_create_a_key_exactly_one_wins()
    {
        using var one = Child.Start("race", _folder.Path, 1);
        using var other = Child.Start("race", _folder.Path, 2);
        await one.StandardOutput.ReadLineAsync(Cancel);
        await other.StandardOutput.ReadLineAsync(Cancel);
        await one.StandardInput.WriteLineAsync("go");
        await other.StandardInput.WriteLineAsync("go");
        var wins = await Task.WhenAll(WinsAsync(one), WinsAsync(other));
        Assert.Equal(Enumerable.Range(0, 60), wins[0].Concat(wins[1]).Order());
        var store = new FolderStore(_folder.Path);
        for (var child = 0; child < 2; child++)
        {
            foreach (var i in wins[child]) Assert.Equal($"{child + 1}", (await store.FindAsync(new S3Uri("bucket", $"race/{i}"), Cancel))!.Metadata["version"]);
        }

        static async Task<List<int>> WinsAsync(Process child)
        {
            var lines = await child.StandardOutput.ReadToEndAsync(Cancel);
            await child.WaitForExitAsync(Cancel);
            Assert.Equal(0, child.ExitCode);
            return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
        }
    }

    [Fact]
    public async Task A_process_killed_at_any_moment_leaves_whole_objects_and_nothing_that_stays()
    {
        var random = new Random(3);
        for (var round = 0; round < 12; round++)
        {
            using (var child = Child.Start("churn", _folder.Path, round))
            {
                await child.StandardOutput.ReadLineAsync(Cancel);
                await Task.Delay(random.Next(0, 60), Cancel);
                child.Kill();
                await child.WaitForExitAsync(Cancel);
            }

            var store = new FolderStore(_folder.Path);
            await foreach (var page in store.ListAsync(new ListRequest("bucket", ""), Cancel))
            {
                foreach (var listed in page.Objects)
                {
                    await using var opened = await store.OpenAsync(new S3Uri("bucket", listed.Key), Cancel);
                    using var bytes = new MemoryStream();
                    await opened.Content.CopyToAsync(bytes, Cancel);
                    Assert.Equal(Child.Version(int.Parse(opened.Description.Metadata["version"], CultureInfo.InvariantCulture)), bytes.ToArray());
                }
            }
        }

        // The next writer tidies up: what is left of it all is the objects at their keys' paths.
        var last = new FolderStore(_folder.Path);
        var layout = new BucketLayout(_folder["bucket"]);
        await last.PutAsync(new PutRequest(new S3Uri("bucket", "last"), new BytesContent(new byte[1]), System.Collections.Immutable.ImmutableDictionary<string, string>.Empty), null, Cancel);
        Assert.Empty(Directory.EnumerateFiles(layout.Temporary));
        Assert.Empty(Directory.EnumerateFiles(layout.Data, "*", SearchOption.AllDirectories));
        var keys = new List<string>();
        await foreach (var page in last.ListAsync(new ListRequest("bucket", ""), Cancel)) keys.AddRange(page.Objects.Select(o => o.Key));
        Assert.Equal(keys, Directory.EnumerateFiles(_folder["bucket"], "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(_folder["bucket"], path).Replace('\\', '/'))
            .Where(path => !path.StartsWith(BucketLayout.OwnFolder, StringComparison.Ordinal))
            .Order(KeyOrder.Utf8));
    }
}
