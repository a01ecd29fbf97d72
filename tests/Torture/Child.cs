using System.Globalization;
using System.Security.Cryptography;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Torture.Tests;

/// <summary>One of the processes that work on the store: jobs by line on its input, outcomes by line on its output.</summary>
internal static class Child
{
    public const string Variable = "DG_TORTURE_CHILD";

    public static bool IsOne => Environment.GetEnvironmentVariable(Variable) is not null;

    public static async Task<int> RunAsync()
    {
        var words = Environment.GetEnvironmentVariable(Variable)!.Split('\t');
        var (bucket, folder) = (words[0], words[1]);
        using var client = await Client.OpenAsync(words[2], words[3].Length == 0 ? null : words[3], words[4].Length == 0 ? null : words[4], TimeSpan.FromSeconds(double.Parse(words[5], CultureInfo.InvariantCulture)));
        await client.Store.FindAsync(new S3Uri(bucket, "nothing"), CancellationToken.None);
        var output = TextWriter.Synchronized(Console.Out);
        await output.WriteLineAsync("ready");
        var running = new List<Task>();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var (id, job) = Job.Parse(line);
            running.Add(Task.Run(async () =>
            {
                var (result, detail) = await TryAsync(client, bucket, folder, id, job);
                output.WriteLine($"{id}\t{result}\t{detail.ReplaceLineEndings(" ").Replace('\t', ' ')}");
                output.Flush();
            }));
            running.RemoveAll(task => task.IsCompleted);
        }

        await Task.WhenAll(running);
        return 0;
    }

    private static async Task<(string Result, string Detail)> TryAsync(Client client, string bucket, string folder, string id, Job job)
    {
        try
        {
            return (Outcome.Ok, await DoAsync(client, bucket, folder, id, job));
        }
        catch (DeltaGliderException e)
        {
            return (e.Kind.ToString(), e.FullText);
        }
        catch (Exception e)
        {
            return ("Unexpected", e.ToString());
        }
    }

    private static async Task<string> DoAsync(Client client, string bucket, string folder, string id, Job job)
    {
        var uri = new S3Uri(bucket, job.Key);
        var file = Path.Combine(folder, $"{Environment.ProcessId}-{id}");
        var useCases = client.UseCases;
        switch (job.Verb)
        {
            case "put" or "direct":
                Directory.CreateDirectory(file);
                var source = Path.Combine(file, Path.GetFileName(job.Key));
                await File.WriteAllBytesAsync(source, job.Payload!.Bytes());
                var stored = await useCases.Put.RunAsync(useCases.Put.Plan(new PutObjectRequest(source, uri) { NoDelta = job.Verb == "direct" }), null, CancellationToken.None);
                Directory.Delete(file, recursive: true);
                return stored.Storage.ToString();
            case "get":
                var path = job.Path ?? file;
                await useCases.Get.RunAsync(await useCases.Get.PlanAsync(new GetObjectRequest(uri, path), CancellationToken.None), null, CancellationToken.None);
                var sha256 = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path)));
                if (job.Path is null) File.Delete(path);
                return sha256;
            case "optimize":
                var plan = await useCases.Optimize.PlanAsync(new OptimizeRequest(uri), null, CancellationToken.None);
                var optimized = await useCases.Optimize.RunAsync(plan, null, null, CancellationToken.None);
                return $"{plan.Action} {optimized.ReEncoded} {plan.PresentBytes} {optimized.BytesAfter}";
            default:
                var removed = await useCases.Remove.RunAsync(await useCases.Remove.PlanAsync(new RemoveObjectRequest(uri), CancellationToken.None), CancellationToken.None);
                return string.Join(' ', removed.RemovedKeys);
        }
    }
}
