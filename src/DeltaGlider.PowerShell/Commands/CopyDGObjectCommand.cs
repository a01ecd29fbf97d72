using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using DeltaGlider.Base;
using DeltaGlider.Completion;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Rules;

namespace DeltaGlider.Commands;

/// <summary>
/// Copies files into S3, each as a delta where that is worth it, objects out of S3, each checked against its SHA-256
/// before the file appears, and objects from S3 to S3, also from one store to another.
/// </summary>
[Cmdlet(VerbsCommon.Copy, "DGObject", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
[OutputType(typeof(DGCopyResult))]
public sealed class CopyDGObjectCommand : TransferCommand
{
    private const string ByPath = "Path";
    private const string ByLiteralPath = "LiteralPath";

    private readonly TargetGuard _targets = new();

    /// <summary>A file, in which wildcards may stand, or an object as s3://bucket/key.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByPath, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(UriCompleter))]
    [ValidateNotNullOrEmpty]
    [SuppressMessage("Performance", "CA1819", Justification = "Parameters that take several values are arrays.")]
    public string[] Path { get; set; } = [];

    /// <summary>A file or an object whose name is taken to the letter.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByLiteralPath, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(UriCompleter))]
    [Alias("PSPath", "LP", "Uri")]
    [ValidateNotNullOrEmpty]
    [SuppressMessage("Performance", "CA1819", Justification = "Parameters that take several values are arrays.")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>An object or a file; a bucket, an existing folder and what ends in / mean "into".</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(UriCompleter))]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>Copies all that is in a folder, or below a prefix, into the destination.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Replace a file even where it is read-only or newer; from S3 to S3, copy also what is there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var literal = ParameterSetName == ByLiteralPath;
        foreach (var text in literal ? LiteralPath : Path)
            await EachAsync(text, () => CopyGivenAsync(text, literal, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task CopyGivenAsync(string text, bool literal, CancellationToken cancellationToken)
    {
        var (sources, target) = await OnPipelineAsync(() =>
        {
            var places = new PlaceResolver(SessionState.Path);
            return (literal ? [places.Literal(text)] : places.Expand(text), places.Literal(Destination));
        }, cancellationToken).ConfigureAwait(false);

        WarnOfCost(Root, target.Uri, cancellationToken);
        foreach (var source in sources) WarnOfCost(SourceRoot, source.Uri, cancellationToken);

        // Of several, from the pipeline or by a wildcard, each folder keeps its name; one that is named alone gives what is
        // in it.
        var named = MyInvocation.ExpectingInput || (!literal && WildcardPattern.ContainsWildcardCharacters(text));
        foreach (var source in sources)
        {
            if (Recurse && (source.Uri is not null || Directory.Exists(source.LocalPath)) && await CopyFolderAsync(source, named ? Within(target, source) : target, cancellationToken).ConfigureAwait(false)) continue;
            if (Takes(source))
                await BesideAsync(source.ToString(), Root.Transfers, (turn, token) => CopyAsync(source, target, turn, token), cancellationToken).ConfigureAwait(false);
        }
    }

    // A name of its own is all that a single file has for a pattern to describe.
    private bool Takes(Place source) => Filter.Includes(source.Uri?.Name ?? System.IO.Path.GetFileName(source.LocalPath!));

    private Task CopyAsync(Place source, Place target, ItemTurn turn, CancellationToken cancellationToken) => (source, target) switch
    {
        ({ LocalPath: { } path }, { Uri: { } uri }) => StoreAsync(path, uri, turn, cancellationToken),
        ({ Uri: { } uri }, { LocalPath: { } path }) => FetchAsync(uri, path, turn, cancellationToken),
        ({ Uri: { } from }, { Uri: { } to }) => CopyAsync(from, to, turn, cancellationToken),
        _ => throw BothLocal(source, target),
    };

    private async Task StoreAsync(string path, S3Uri destination, ItemTurn turn, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var plan = Root.UseCases.Put.Plan(new PutObjectRequest(path, destination, Storing()));
        await turn.ToAskAsync(cancellationToken).ConfigureAwait(false);
        _targets.ClaimObject(plan.Target, path);
        if (!await ShouldGoOnAsync(plan.ToString(), cancellationToken).ConfigureAwait(false)) return;
        using var progress = Progress.Begin();

        // Begun before the next item may go on: of several first files of a deltaspace the first becomes the reference.
        var storing = Root.UseCases.Put.RunAsync(plan, progress, cancellationToken);
        turn.HasAsked();
        var result = await storing.ConfigureAwait(false);
        progress.Dispose();
        await EmitAsync(turn, result.ToOutput(Stopwatch.GetElapsedTime(started)), cancellationToken).ConfigureAwait(false);
    }

    private async Task FetchAsync(S3Uri source, string path, ItemTurn turn, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var get = SourceRoot.UseCases.Get;
        var plan = await get.PlanAsync(new GetObjectRequest(source, path), cancellationToken).ConfigureAwait(false);
        if (plan.Replaces && !Force)
        {
            TargetGuard.EnsureWritable(plan.DestinationPath);
            if (await get.WouldReplaceNewerAsync(plan, cancellationToken).ConfigureAwait(false)) throw TargetGuard.IsNewer(plan.DestinationPath, source.ToString());
        }

        await turn.ToAskAsync(cancellationToken).ConfigureAwait(false);
        _targets.ClaimFile(plan.DestinationPath, source.ToString());
        if (!await ShouldGoOnAsync(plan.ToString(), cancellationToken).ConfigureAwait(false)) return;
        turn.HasAsked();
        using var progress = Progress.Begin();
        if (plan.Replaces && Force) TargetGuard.MakeWritable(plan.DestinationPath);
        var result = await get.RunAsync(plan, progress, cancellationToken).ConfigureAwait(false);
        progress.Dispose();
        await EmitAsync(turn, result.ToOutput(Stopwatch.GetElapsedTime(started)), cancellationToken).ConfigureAwait(false);
    }

    private async Task CopyAsync(S3Uri from, S3Uri to, ItemTurn turn, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var copy = Root.UseCases.CopyFrom(SourceRoot.UseCases);
        var plan = await copy.PlanAsync(new CopyObjectRequest(from, to, Storing()) { Always = Force }, cancellationToken).ConfigureAwait(false);
        await turn.ToAskAsync(cancellationToken).ConfigureAwait(false);
        _targets.ClaimObject(plan.Target, from.ToString());
        if (plan.IsThere)
        {
            await EmitAsync(turn, plan.ToSkipped(), cancellationToken).ConfigureAwait(false);
            return;
        }

        if (!await ShouldGoOnAsync(plan.ToString(), cancellationToken).ConfigureAwait(false)) return;
        turn.HasAsked();
        using var progress = Progress.Begin();
        var result = await copy.RunAsync(plan, progress, cancellationToken).ConfigureAwait(false);
        progress.Dispose();
        await EmitAsync(turn, result.ToOutput(Stopwatch.GetElapsedTime(started)), cancellationToken).ConfigureAwait(false);
    }

    // False where the source is a key that nothing lies below: it may be an object itself.
    private async Task<bool> CopyFolderAsync(Place source, Place target, CancellationToken cancellationToken)
    {
        if (source.Uri is null && target.Uri is null) throw BothLocal(source, target);
        var isBetweenStores = source.Uri is not null && target.Uri is not null;
        var request = new FolderRequest(source.ToFolder(), target.ToFolder())
        {
            Filter = Filter,
            Mode = isBetweenStores && !Force ? SyncMode.Times : null,
            OldestFirst = isBetweenStores,
            ReplaceNewer = isBetweenStores,
            Force = Force,
            FollowLinks = FollowSymlink,
            Storing = Storing(),
        };
        var handlers = new FolderHandlers
        {
            Consent = async (step, token) => await ShouldGoOnAsync(step.ToString(), token).ConfigureAwait(false),
            Progress = _ => Progress.Begin(),
        };
        var hasAny = source.Uri is not { IsFolderLike: false };
        await foreach (var result in Root.UseCases.SyncFrom(SourceRoot.UseCases).RunAsync(request, handlers, cancellationToken).ConfigureAwait(false))
        {
            hasAny = true;
            await EachAsync(result.Step.Source, () => TellAsync(result, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        return hasAny;
    }

    /// <summary>The place in the target that has the source's name.</summary>
    private static Place Within(Place target, Place source)
    {
        var name = source.Uri is { } from ? from.Key.TrimEnd('/').Split('/')[^1] : System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(source.LocalPath!));
        if (name.Length == 0) return target;
        if (target.Uri is { } to) return target with { Uri = to.WithKey($"{(to.IsFolderLike ? to.Key : to.Key + "/")}{name}/") };
        if (LocalNames.WhyRefused(name, OperatingSystem.IsWindows()) is { } why) throw Fail.NameRefused(source.ToString(), why);
        return target with { LocalPath = System.IO.Path.Combine(target.LocalPath!, name) };
    }

    private Task TellAsync(FolderStepResult result, CancellationToken cancellationToken) => result switch
    {
        { Error: { } error } => Task.FromException(error),
        { Outcome: FolderOutcome.Kept, Step: { } step } => Task.FromException(TargetGuard.IsNewer(step.Destination, step.Source)),
        { Outcome: FolderOutcome.NotDone } or { Step.Action: FolderAction.MakeFolder } => Task.CompletedTask,
        _ => EmitAsync(result.ToCopyResult(), cancellationToken),
    };

    private static DeltaGliderException BothLocal(Place source, Place target) => Fail.InvalidArgument(
        source.ToString(), $"{source} and {target} are both files.", "Give one of them as s3://bucket/key; Copy-Item copies from file to file.");
}
