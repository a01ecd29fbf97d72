using DeltaGlider.Cli.Output;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Cli.Commands;

/// <summary>One run over whole folders: connects, does it, tells of it.</summary>
/// <param name="Host">What the run has around it.</param>
/// <param name="Destination">The store, or the destination's where the source's is another one.</param>
/// <param name="Source">The source's store, where it is another one.</param>
/// <param name="DryRun">Say what would be done, and do nothing.</param>
/// <param name="Quiet">Say nothing but errors.</param>
/// <param name="ShowsProgress">Show progress where somebody watches.</param>
internal sealed record FolderRun(Host Host, Connection Destination, Connection? Source, bool DryRun, bool Quiet, bool ShowsProgress)
{
    /// <summary>A place as a command line names it.</summary>
    public static FolderPlace PlaceOf(string text) => S3Uri.LooksLike(text) ? FolderPlace.In(S3Uri.Parse(text)) : FolderPlace.At(text);

    /// <summary>Does it.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> RunAsync(FolderRequest request, CancellationToken cancellationToken) => ConnectedAsync(request, async (destination, source) =>
    {
        using var progress = ProgressLine.For(Host, ShowsProgress && !Quiet);
        var lines = new FolderLines(Host, Quiet, DryRun);
        await foreach (var result in destination.UseCases.SyncFrom(source.UseCases).RunAsync(request, HandlersOf(progress), cancellationToken).ConfigureAwait(false))
        {
            progress?.Wipe();
            lines.Write(result);
        }

        return lines.ExitCode;
    }, cancellationToken);

    /// <summary>Runs something on the store, or on both.</summary>
    public async Task<int> ConnectedAsync(FolderRequest request, Func<Session, Session, Task<int>> run, CancellationToken cancellationToken)
    {
        using var destination = await Session.OpenAsync(Destination, Host, cancellationToken).ConfigureAwait(false);
        using var source = Source is null ? null : await Session.OpenAsync(Source, Host, cancellationToken, destination.Transfers).ConfigureAwait(false);
        if (request.Source.Uri is { } from) (source ?? destination).WarnOfCost(from.Bucket, Host);
        if (request.Destination.Uri is { } to) destination.WarnOfCost(to.Bucket, Host);
        return await run(destination, source ?? destination).ConfigureAwait(false);
    }

    /// <summary>What a run over whole folders needs to be told.</summary>
    public FolderHandlers HandlersOf(ProgressLine? progress) => new()
    {
        Consent = (_, _) => ValueTask.FromResult(!DryRun),
        Progress = _ => progress is null ? null : new Shared(progress),
    };

    /// <summary>The one line of several files: none of them ends it.</summary>
    private sealed class Shared(ProgressLine line) : Core.Ports.IProgressSink
    {
        public void Report(ByteProgress progress) => line.Report(progress);
    }
}
