using DeltaGlider.Core.Model;
using DeltaGlider.Core.UseCases;

namespace DeltaGlider.Core.Tests.UseCases;

/// <summary>A <see cref="World"/> with a local folder to bring to and from it.</summary>
internal sealed class FolderWorld : IDisposable
{
    public static readonly DateTimeOffset Before = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    public World World { get; } = new();

    public string Root => World.Folder["tree"];

    public FolderPlace Local => FolderPlace.At(Root);

    public static FolderPlace Remote(string prefix = "rel/") => FolderPlace.In(World.Uri(prefix));

    /// <summary>Writes a local file, an hour older by the number given.</summary>
    public string Write(string name, byte[] bytes, int hoursLater = 0)
    {
        var path = World.Folder.Write($"tree/{name}", bytes);
        File.SetLastWriteTimeUtc(path, Before.AddHours(hoursLater).UtcDateTime);
        return path;
    }

    public byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Root, name));

    /// <summary>The files of the local folder.</summary>
    public IEnumerable<string> Files => Directory.Exists(Root)
        ? Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal)
        : [];

    public Task<List<FolderStepResult>> UpAsync(Func<FolderRequest, FolderRequest>? with = null, FolderHandlers? handlers = null) => RunAsync(new FolderRequest(Local, Remote()), with, handlers);

    public Task<List<FolderStepResult>> DownAsync(Func<FolderRequest, FolderRequest>? with = null, FolderHandlers? handlers = null) => RunAsync(new FolderRequest(Remote(), Local), with, handlers);

    public async Task<List<FolderStepResult>> RunAsync(FolderRequest request, Func<FolderRequest, FolderRequest>? with = null, FolderHandlers? handlers = null, DeltaGliderUseCases? source = null)
    {
        var results = new List<FolderStepResult>();
        var sync = World.Sut.SyncFrom(source ?? World.Sut);
        await foreach (var result in sync.RunAsync(with is null ? request : with(request), handlers ?? new FolderHandlers(), World.Cancellation)) results.Add(result);
        return results;
    }

    /// <summary>What was done, in a line each: <c>Upload a.zip Missing</c>.</summary>
    public static IEnumerable<string> Lines(IEnumerable<FolderStepResult> results) => results.Select(result => result.Outcome switch
    {
        FolderOutcome.Done => $"{result.Step.Action} {result.Step.Name} {result.Step.Reason}",
        FolderOutcome.NotDone => $"not {result.Step.Action} {result.Step.Name} {result.Step.Reason}",
        FolderOutcome.Failed => $"failed {result.Step.Name}",
        _ => $"{result.Outcome} {result.Step.Name} {result.Step.Reason}",
    }).Order(StringComparer.Ordinal);

    public void Dispose() => World.Dispose();
}
