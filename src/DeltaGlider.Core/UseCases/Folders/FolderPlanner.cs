using System.Runtime.CompilerServices;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Parts;

namespace DeltaGlider.Core.UseCases.Folders;

/// <summary>Decides name by name what is to be done, while both places are being walked. Changes nothing.</summary>
internal sealed class FolderPlanner
{
    private readonly FolderRequest _request;
    private readonly IFolderSide _source;
    private readonly IFolderSide _destination;
    private readonly ILocalFiles _files;
    private readonly TransferGate _transfers;

    public FolderPlanner(FolderRequest request, IFolderSide source, IFolderSide destination, ILocalFiles files, TransferGate transfers)
    {
        _request = request;
        _source = source;
        _destination = destination;
        _files = files;
        _transfers = transfers;
    }

    /// <summary>True when the source has shown something that takes part.</summary>
    public bool SourceHasAny { get; private set; }

    /// <summary>How many files that take part the destination has shown.</summary>
    public long InDestination { get; private set; }

    /// <summary>The steps, removals among them, in the order of the names.</summary>
    public IAsyncEnumerable<FolderStep> PlanAsync(IAsyncEnumerable<FolderPair> pairs, CancellationToken cancellationToken) =>
        OrderedParallel.SelectAsync(TakingPartAsync(pairs, cancellationToken), _transfers.Limit, DecideAsync, cancellationToken);

    private bool IsUpload => _source.Place.Path is not null;

    private bool IsDownload => _destination.Place.Path is not null;

    private async IAsyncEnumerable<FolderPair> TakingPartAsync(IAsyncEnumerable<FolderPair> pairs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var pair in pairs.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (!_request.Filter.Includes(pair.Name)) continue;

            // A folder of this machine has no object that stands for it, so that one in S3 says nothing about files.
            if (IsUpload && pair.Name.EndsWith('/') && pair.Source?.Problem is null) continue;
            if (pair.Source is not null) SourceHasAny = true;
            if (pair.Destination is not null) InDestination++;
            if (pair.Source is not null || _request.Delete) yield return pair;
        }
    }

    private async ValueTask<FolderStep> DecideAsync(FolderPair pair, CancellationToken cancellationToken)
    {
        try
        {
            if ((pair.Source?.Problem ?? pair.Destination?.Problem) is { } problem) return Refused(pair, problem);
            if (pair.Source is null) return Step(FolderAction.Delete, pair) with { Reason = SyncVerdict.NotInSource, Size = pair.Destination!.Size };
            if (_destination.WhyRefused(pair.Name) is { } why) return Refused(pair, Fail.NameRefused(_source.Place.NameOf(pair.Name), why));
            if (IsDownload && pair.Source.IsMarker) return MakeFolder(pair);
            if (pair.LooksUp) pair = new FolderPair(pair.Source, await _destination.FindAsync(pair.Name, cancellationToken).ConfigureAwait(false));
            return await CompareAsync(pair, cancellationToken).ConfigureAwait(false);
        }
        catch (DeltaGliderException e) when (!EndsTheRun(e.Kind))
        {
            return Refused(pair, e);
        }
    }

    /// <summary>The kinds that make every further step fail just as well.</summary>
    public static bool EndsTheRun(ErrorKind kind) => kind is ErrorKind.NoCredentials or ErrorKind.CredentialsRejected or ErrorKind.BucketNotFound;

    private FolderStep MakeFolder(FolderPair pair)
    {
        if (pair.Source!.Size > 0)
            return Refused(pair, Fail.NameRefused(_source.Place.NameOf(pair.Name), "it ends in '/' and has bytes, and a folder has none"));
        var there = _files.Find(_destination.Place.PathOf(pair.Name));
        return Step(there is { IsFolder: true } ? FolderAction.None : FolderAction.MakeFolder, pair) with { Reason = there is null ? SyncVerdict.Missing : SyncVerdict.Same };
    }

    private async ValueTask<FolderStep> CompareAsync(FolderPair pair, CancellationToken cancellationToken)
    {
        var (source, destination) = (pair.Source!, pair.Destination);
        var replaceNewer = _request.Force || _request.ReplaceNewer;
        var facts = new SyncFacts(destination is not null, destination?.Size == source.Size, null, null);
        if (_request.Mode is null)
        {
            // What is newer is kept also where nothing is compared, on this machine: in a store it is replaced, as cp does.
            if (!IsDownload || destination is null || replaceNewer) return Copy(pair, SyncVerdict.Asked);
            source = await _source.CompleteAsync(source, cancellationToken).ConfigureAwait(false);
            facts = facts with { Times = SyncRule.Relate(source.Modified, destination.Modified) };
            if (facts.Times != TimeRelation.DestinationNewer) return Copy(new FolderPair(source, destination), SyncVerdict.Asked);
        }

        while (true)
        {
            var verdict = SyncRule.Decide(facts, _request.Mode ?? SyncMode.Checksum, replaceNewer);
            switch (verdict)
            {
                case SyncVerdict.NeedTimes:
                    source = await _source.CompleteAsync(source, cancellationToken).ConfigureAwait(false);
                    destination = await _destination.CompleteAsync(destination!, cancellationToken).ConfigureAwait(false);
                    facts = facts with { Times = SyncRule.Relate(source.Modified, destination.Modified) };
                    break;
                case SyncVerdict.NeedContent:
                    source = await _source.CompleteAsync(source, cancellationToken).ConfigureAwait(false);
                    destination = await _destination.CompleteAsync(destination!, cancellationToken).ConfigureAwait(false);
                    facts = facts with { Content = await RelateContentAsync(source, destination, cancellationToken).ConfigureAwait(false) };
                    break;
                default:
                    return Conclude(new FolderPair(source, destination), verdict);
            }
        }
    }

    private FolderStep Conclude(FolderPair pair, SyncVerdict verdict) =>
        SyncRule.IsCopy(verdict) ? Copy(pair, verdict)
        : Step(verdict == SyncVerdict.Same ? FolderAction.None : FolderAction.Keep, pair) with { Reason = verdict };

    private async ValueTask<ContentRelation> RelateContentAsync(FolderItem source, FolderItem destination, CancellationToken cancellationToken)
    {
        var read = _request.Mode == SyncMode.Checksum;

        // The store first: where it has none on record, the local file need not be read.
        var (first, one, second, other) = IsUpload ? (_destination, destination, _source, source) : (_source, source, _destination, destination);
        if (await first.HashAsync(one, read, cancellationToken).ConfigureAwait(false) is not { } recorded) return ContentRelation.Unknown;
        using var lane = second.Place.Path is null ? null : await _transfers.EnterAsync(cancellationToken).ConfigureAwait(false);
        return await second.HashAsync(other, read, cancellationToken).ConfigureAwait(false) is not { } actual ? ContentRelation.Unknown
            : actual == recorded ? ContentRelation.Same
            : ContentRelation.Differs;
    }

    private FolderStep Copy(FolderPair pair, SyncVerdict verdict) =>
        Step(IsUpload ? FolderAction.Upload : IsDownload ? FolderAction.Download : FolderAction.Copy, pair) with { Reason = verdict };

    private FolderStep Refused(FolderPair pair, DeltaGliderException error) => Step(FolderAction.Refuse, pair) with { Error = error };

    private FolderStep Step(FolderAction action, FolderPair pair) =>
        new(action, pair.Name, pair.Source is null ? "" : _source.Place.NameOf(pair.Name), _destination.Place.NameOf(pair.Name))
        {
            Size = pair.Source?.Size ?? 0,
            SourceModified = pair.Source?.Modified,
            DestinationModified = pair.Destination?.Modified,
        };
}
