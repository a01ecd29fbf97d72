using System.Collections.Immutable;
using System.Diagnostics;
using DeltaGlider.Adapters.Folder;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.TestKit;

namespace DeltaGlider.Adapters.Tests.Folder;

/// <summary>The test program, started once more as another process that works on a folder store.</summary>
internal static class Child
{
    private const string Variable = "DG_TEST_FOLDER_CHILD";

    /// <summary>Starts a child: role, root and a number.</summary>
    public static Process Start(string role, string root, int number)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardInput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Add(typeof(Child).Assembly.Location);
        start.Environment[Variable] = $"{role}|{number}|{root}";
        return Process.Start(start)!;
    }

    /// <summary>The bytes of a version: its number, over and over.</summary>
    public static byte[] Version(int number) =>
        [.. Enumerable.Repeat(BitConverter.GetBytes(number), 20_000 + (number % 1000)).SelectMany(b => b)];

    /// <summary>True in a child.</summary>
    public static bool IsOne => Environment.GetEnvironmentVariable(Variable) is not null;

    /// <summary>What a child does in place of running tests.</summary>
    public static Task<int> RunAsync()
    {
        var parts = Environment.GetEnvironmentVariable(Variable)!.Split('|', 3);
        return parts[0] == "churn" ? ChurnAsync(parts[2]) : RaceAsync(parts[2], int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
    }

    // Overwrites, removes and creates until it is killed.
    private static async Task<int> ChurnAsync(string root)
    {
        var store = new FolderStore(root);
        for (var i = 1; ; i++)
        {
            await PutAsync(store, "dir/key", i, PutCondition.None);
            await PutAsync(store, $"dir/other-{i % 3}", i, PutCondition.None);
            if (i % 2 == 0) await store.DeleteAsync(new S3Uri("bucket", $"dir/other-{i % 3}"), null, CancellationToken.None);
            if (i == 2) await Console.Out.WriteLineAsync("under way");
        }
    }

    // Creates keys at the same time as its sibling does, and says which it won.
    private static async Task<int> RaceAsync(string root, int me)
    {
        var store = new FolderStore(root);
        await Console.Out.WriteLineAsync("ready");
        await Console.In.ReadLineAsync();
        for (var i = 0; i < 60; i++)
        {
            try
            {
                await PutAsync(store, $"race/{i}", me, PutCondition.IfAbsent);
                await Console.Out.WriteLineAsync($"{i}");
            }
            catch (DeltaGliderException e) when (e.Kind == ErrorKind.AlreadyExists)
            {
                // The sibling's.
            }
        }

        return 0;
    }

    private static async Task PutAsync(FolderStore store, string key, int version, PutCondition condition) =>
        await store.PutAsync(
            new PutRequest(new S3Uri("bucket", key), new BytesContent(Version(version)), ImmutableDictionary<string, string>.Empty.Add("version", $"{version}")) { Condition = condition },
            null,
            CancellationToken.None);
}
