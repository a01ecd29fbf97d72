using System.Diagnostics;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Core.UseCases.Folders;

/// <summary>Does the steps of a plan. What goes wrong with one is in its result, and the others go on.</summary>
internal sealed class StepRunner
{
    private readonly FolderRequest _request;
    private readonly DeltaGliderUseCases _source;
    private readonly DeltaGliderUseCases _destination;
    private readonly ILocalFolders? _folders;
    private readonly FolderHandlers _handlers;
    private readonly FirstsAlone _firsts = new();

    public StepRunner(FolderRequest request, DeltaGliderUseCases source, DeltaGliderUseCases destination, ILocalFolders? folders, FolderHandlers handlers)
    {
        _request = request;
        _source = source;
        _destination = destination;
        _folders = folders;
        _handlers = handlers;
    }

    /// <summary>Asks for consent where the step changes something, and gives what does it. To be called in the order of the steps.</summary>
    public async ValueTask<Func<CancellationToken, ValueTask<FolderStepResult>>> PrepareAsync(FolderStep step, CancellationToken cancellationToken)
    {
        if (OutcomeWithoutWork(step) is { } outcome) return Already(new FolderStepResult(step, outcome) { Error = step.Error });
        if (!await _handlers.Consent(step, cancellationToken).ConfigureAwait(false)) return Already(new FolderStepResult(step, FolderOutcome.NotDone));
        var place = MayBecomeReference(step) ? _firsts.Enter(_request.Destination.UriOf(step.Name)) : null;
        return token => RunAsync(step, place, token);
    }

    private bool MayBecomeReference(FolderStep step) =>
        step is { Action: FolderAction.Upload or FolderAction.Copy, Size: > 0 } && !_request.Storing.NoDelta && _destination.Put.IsEligible(_request.Destination.UriOf(step.Name));

    private static FolderOutcome? OutcomeWithoutWork(FolderStep step) => step.Action switch
    {
        FolderAction.None => FolderOutcome.Unchanged,
        FolderAction.Keep => FolderOutcome.Kept,
        FolderAction.Refuse => FolderOutcome.Failed,
        _ => null,
    };

    private static Func<CancellationToken, ValueTask<FolderStepResult>> Already(FolderStepResult result) => _ => ValueTask.FromResult(result);

    private async ValueTask<FolderStepResult> RunAsync(FolderStep step, FirstsAlone.Place? place, CancellationToken cancellationToken)
    {
        using var leaving = place;
        if (place is not null) await place.Before.WaitAsync(cancellationToken).ConfigureAwait(false);
        var started = Stopwatch.GetTimestamp();
        using var lane = await _destination.Transfers.EnterAsync(cancellationToken).ConfigureAwait(false);
        var progress = _handlers.Progress(step);
        try
        {
            var result = await DoAsync(step, progress, cancellationToken).ConfigureAwait(false);
            return result with { Elapsed = Stopwatch.GetElapsedTime(started) };
        }
        catch (DeltaGliderException e) when (!FolderPlanner.EndsTheRun(e.Kind))
        {
            return new FolderStepResult(step, FolderOutcome.Failed) { Error = e, Elapsed = Stopwatch.GetElapsedTime(started) };
        }
        finally
        {
            (progress as IDisposable)?.Dispose();
        }
    }

    private async ValueTask<FolderStepResult> DoAsync(FolderStep step, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var done = new FolderStepResult(step, FolderOutcome.Done);
        switch (step.Action)
        {
            case FolderAction.Upload:
                var put = _destination.Put.PlanExactly(new PutObjectRequest(step.Source, _request.Destination.UriOf(step.Name), _request.Storing));
                return done with { Stored = await _destination.Put.RunAsync(put, progress, cancellationToken).ConfigureAwait(false) };
            case FolderAction.Download:
                if (_request.Force) _folders!.MakeWritable(step.Destination);
                var get = await _source.Get.PlanExactlyAsync(new GetObjectRequest(_request.Source.UriOf(step.Name), step.Destination), cancellationToken).ConfigureAwait(false);
                return done with { Fetched = await _source.Get.RunAsync(get, progress, cancellationToken).ConfigureAwait(false) };
            case FolderAction.Copy:
                return done with { Stored = await CopyAsync(step, progress, cancellationToken).ConfigureAwait(false) };
            case FolderAction.MakeFolder:
                _folders!.Make(step.Destination);
                return done;
            default:
                await RemoveAsync(step, cancellationToken).ConfigureAwait(false);
                return done;
        }
    }

    private async ValueTask<PutObjectResult> CopyAsync(FolderStep step, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var copy = _destination.CopyFrom(_source);
        var request = new CopyObjectRequest(_request.Source.UriOf(step.Name), _request.Destination.UriOf(step.Name), _request.Storing) { IsExact = true };
        var plan = await copy.PlanAsync(request, cancellationToken).ConfigureAwait(false);
        var result = await copy.RunAsync(plan, progress, cancellationToken).ConfigureAwait(false);
        if (_request.Verify) await VerifyAsync(result, progress, cancellationToken).ConfigureAwait(false);
        return result;
    }

    private async ValueTask VerifyAsync(PutObjectResult result, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var verified = await _destination.Verify.RunAsync(result.Uri, progress, cancellationToken).ConfigureAwait(false);
        if (verified.IsValid && verified.Actual == result.Sha256) return;
        throw new DeltaGliderException(verified.Problem ?? ErrorKind.ChecksumMismatch, result.Uri.ToString(), $"The copy {result.Uri} was read back and is not what was copied. {verified.Reason}".TrimEnd())
        {
            Safe = "The source is untouched.",
            Advice = "Copy it again.",
        };
    }

    private async ValueTask RemoveAsync(FolderStep step, CancellationToken cancellationToken)
    {
        if (_request.Destination.Path is not null)
        {
            _folders!.Remove(step.Destination);
            return;
        }

        var plan = await _destination.Remove.PlanAsync(new RemoveObjectRequest(_request.Destination.UriOf(step.Name)), cancellationToken).ConfigureAwait(false);
        await _destination.Remove.RunAsync(plan, cancellationToken).ConfigureAwait(false);
    }
}
