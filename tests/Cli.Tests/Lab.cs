using DeltaGlider.Adapters.Folder;
using DeltaGlider.Core.Model;
using DeltaGlider.TestKit;

namespace DeltaGlider.Cli.Tests;

/// <summary>An embedded store with one bucket, a folder for local files, and the command line on both.</summary>
internal sealed class Lab : IDisposable
{
    public const string Bucket = "bucket-of-tests";

    private readonly TempFolder _folder = new();

    public Lab()
    {
        Directory.CreateDirectory(_folder["store", Bucket]);
        Directory.CreateDirectory(_folder["files"]);
        Store = new FolderStore(_folder["store"]);
    }

    /// <summary>The environment of the runs; nothing of the machine's own gets in.</summary>
    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    public FolderStore Store { get; }

    public string StoreFolder => _folder["store"];

    public string StoreUrl => new Uri(StoreFolder).AbsoluteUri;

    public string FilesFolder => _folder["files"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public string File(string name) => _folder["files", name];

    public string Write(string name, ReadOnlySpan<byte> bytes) => _folder.Write(Path.Combine("files", name), bytes);

    /// <summary>Runs a command line in this process, on the store.</summary>
    public Task<Outcome> RunAsync(params string[] arguments) => RunBareAsync([.. arguments, "--endpoint-url", StoreUrl]);

    /// <summary>Runs a command line in this process.</summary>
    public async Task<Outcome> RunBareAsync(params string[] arguments)
    {
        using var interruption = new Interruption();
        return await RunAsync(interruption, false, arguments);
    }

    /// <summary>Runs a command line in this process, with somebody watching or with a hand on Ctrl+C.</summary>
    public async Task<Outcome> RunAsync(Interruption interruption, bool isTerminal, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var host = new Host(output, error, isTerminal, Environment.GetValueOrDefault);
        var code = await CommandTree.RunAsync(arguments, host, interruption);
        return new Outcome(code, output.ToString(), error.ToString());
    }

    /// <summary>Stores bytes under a key and expects it to work.</summary>
    public async Task PutAsync(string key, byte[] bytes, params string[] more)
    {
        var outcome = await RunAsync(["cp", Write($"put-{Guid.NewGuid():N}", bytes), Uri(key), .. more]);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
    }

    /// <summary>Every key the store holds.</summary>
    public async Task<string[]> KeysAsync()
    {
        var keys = new List<string>();
        await foreach (var page in Store.ListAsync(new ListRequest(Bucket, ""), Token)) keys.AddRange(page.Objects.Select(listed => listed.Key));
        return [.. keys];
    }

    /// <summary>What the store says of a key.</summary>
    public async Task<StoredObject> HeadAsync(string key) => Assert.IsType<StoredObject>(await Store.FindAsync(new S3Uri(Bucket, key), Token));

    /// <summary>Puts other bytes in place of an object's, under the same metadata.</summary>
    public async Task SpoilAsync(string key, Func<byte[], byte[]> change)
    {
        var uri = new S3Uri(Bucket, key);
        StoredObject description;
        using var bytes = new MemoryStream();
        await using (var opened = await Store.OpenAsync(uri, Token))
        {
            description = opened.Description;
            await opened.Content.CopyToAsync(bytes, Token);
        }

        await Store.PutAsync(new PutRequest(uri, new BytesContent(change(bytes.ToArray())), description.Metadata), null, Token);
    }

    public static string Uri(string key) => $"s3://{Bucket}/{key}";

    public void Dispose() => _folder.Dispose();
}
