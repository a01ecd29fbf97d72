using System.Runtime.CompilerServices;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Observability;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Folders;
using DeltaGlider.Core.UseCases.Parts;

namespace DeltaGlider.Core.UseCases;

/// <summary>
/// Brings whole folders from one place to another: a local folder into S3, a prefix into a folder, or a prefix to another,
/// also of another store. Both places are walked side by side, and what follows is done while the walk goes on. Removals
/// come last, and only where nothing has failed.
/// </summary>
public sealed class SyncFolder
{
    private readonly DeltaGliderUseCases _source;
    private readonly DeltaGliderUseCases _destination;
    private readonly UseCasePorts _ports;

    internal SyncFolder(DeltaGliderUseCases source, DeltaGliderUseCases destination, UseCasePorts ports)
    {
        _source = source;
        _destination = destination;
        _ports = ports;
    }

    /// <summary>
    /// Plans and does it, step by step; <see cref="FolderHandlers.Consent"/> decides of each step, so that one that always
    /// says no shows the plan. Left early, it cancels what is under way and waits for it.
    /// </summary>
    /// <exception cref="DeltaGliderException">What ends the whole run: a source that is not there, a place that cannot be
    /// listed, credentials that are refused. What is wrong with one name is in its result.</exception>
    public async IAsyncEnumerable<FolderStepResult> RunAsync(FolderRequest request, FolderHandlers handlers, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var operation = Operation.Begin("sync", request.Destination.Uri ?? request.Source.Uri ?? S3Uri.AllBuckets);
        var results = StepsAsync(request, handlers, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var closing = results.ConfigureAwait(false);
        while (true)
        {
            try
            {
                if (!await results.MoveNextAsync().ConfigureAwait(false)) break;
            }
            catch (Exception e)
            {
                operation.Fail(e);
                throw;
            }

            yield return results.Current;
        }

        operation.Complete();
    }

    private async IAsyncEnumerable<FolderStepResult> StepsAsync(FolderRequest request, FolderHandlers handlers, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var source = SideOf(request.Source, _source, request.FollowLinks);
        var destination = SideOf(request.Destination, _destination, followLinks: true);
        Check(request);
        (source as LocalSide)?.EnsureIsThere();
        var planner = new FolderPlanner(request, source, destination, _ports.Files, _ports.Transfers);
        var runner = new StepRunner(request, _source, _destination, _ports.Folders, handlers);
        var removals = new List<FolderStep>();
        var failures = 0L;

        var plan = planner.PlanAsync(PairsAsync(request, source, destination, cancellationToken), cancellationToken);
        await foreach (var result in DoAsync(WithoutRemovalsAsync(plan, removals, cancellationToken), runner, cancellationToken).ConfigureAwait(false))
        {
            if (result.Outcome == FolderOutcome.Failed) failures++;
            yield return result;
        }

        if (DeleteGuard.WhyNot(removals.Count, planner.InDestination, !planner.SourceHasAny, failures, request.MaxDelete, request.Force) is { } why)
        {
            var error = Fail.RemovalsWithheld(request.Destination.ToString(), why);
            yield return new FolderStepResult(new FolderStep(FolderAction.Refuse, "", "", request.Destination.ToString()) { Error = error }, FolderOutcome.Failed) { Error = error };
            yield break;
        }

        await foreach (var result in DoAsync(ToAsync(removals), runner, cancellationToken).ConfigureAwait(false)) yield return result;
    }

    private static IAsyncEnumerable<FolderPair> PairsAsync(FolderRequest request, IFolderSide source, IFolderSide destination, CancellationToken cancellationToken) =>
        request.OldestFirst && source is RemoteSide remote ? AloneAsync(remote.ListOldestFirstAsync(cancellationToken), looksUp: true)
        : request.Mode is null && !request.Delete ? AloneAsync(source.ListAsync(cancellationToken), looksUp: destination is LocalSide)
        : FolderJoin.JoinAsync(source, destination, cancellationToken);

    private static async IAsyncEnumerable<FolderPair> AloneAsync(IAsyncEnumerable<FolderItem> items, bool looksUp)
    {
        await foreach (var item in items.ConfigureAwait(false)) yield return new FolderPair(item, null) { LooksUp = looksUp };
    }

    private IAsyncEnumerable<FolderStepResult> DoAsync(IAsyncEnumerable<FolderStep> steps, StepRunner runner, CancellationToken cancellationToken) =>
        OrderedParallel.SelectAsync(PreparedAsync(steps, runner, cancellationToken), _ports.Transfers.Limit, (run, token) => run(token), cancellationToken);

    private static async IAsyncEnumerable<Func<CancellationToken, ValueTask<FolderStepResult>>> PreparedAsync(
        IAsyncEnumerable<FolderStep> steps, StepRunner runner, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var step in steps.WithCancellation(cancellationToken).ConfigureAwait(false))
            yield return await runner.PrepareAsync(step, cancellationToken).ConfigureAwait(false);
    }

    private static async IAsyncEnumerable<FolderStep> WithoutRemovalsAsync(
        IAsyncEnumerable<FolderStep> steps, List<FolderStep> removals, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var step in steps.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (step.Action == FolderAction.Delete) removals.Add(step);
            else yield return step;
        }
    }

    private static async IAsyncEnumerable<FolderStep> ToAsync(List<FolderStep> steps)
    {
        foreach (var step in steps) yield return step;
        await Task.CompletedTask.ConfigureAwait(false);
    }

    private IFolderSide SideOf(FolderPlace place, DeltaGliderUseCases store, bool followLinks) => place.Uri is not null
        ? new RemoteSide(place, store.Parts)
        : new LocalSide(place, _ports.Files, _ports.Folders ?? throw new InvalidOperationException("No port to folders was given."), followLinks);

    private void Check(FolderRequest request)
    {
        if (request.Source.Path is not null && request.Destination.Path is not null)
            throw Fail.InvalidArgument(request.Source.ToString(), $"{request.Source} and {request.Destination} are both folders of this machine.", "Give one of them as s3://bucket/prefix.");
        foreach (var place in new[] { request.Source, request.Destination })
            if (place.Uri is { Bucket.Length: 0 }) throw Fail.InvalidArgument(place.ToString(), $"{place} names no bucket.", "Write it as s3://bucket/prefix.");
        if (!ReferenceEquals(_source, _destination) || request.Source.Uri is not { } source || request.Destination.Uri is not { } destination || source.Bucket != destination.Bucket) return;
        if (source.Key.StartsWith(destination.Key, StringComparison.Ordinal) || destination.Key.StartsWith(source.Key, StringComparison.Ordinal))
            throw Fail.InvalidArgument(destination.ToString(), $"One of {source} and {destination} lies within the other.", "Choose places apart from each other.");
    }
}
