using System.Collections.Immutable;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using Microsoft.Extensions.Logging;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>Removes stored objects, and with the last delta of a deltaspace its reference.</summary>
internal sealed partial class VariantRemover
{
    private readonly IObjectStore _store;
    private readonly ReferenceKeeper _references;
    private readonly ILogger _log;

    public VariantRemover(IObjectStore store, ReferenceKeeper references, ILogger log)
    {
        _store = store;
        _references = references;
        _log = log;
    }

    /// <summary>
    /// Removes the objects in the order given. With the last delta of the deltaspace its reference goes too; a reference
    /// among the objects goes only so, never while deltas need it.
    /// </summary>
    /// <param name="space">Where they lie.</param>
    /// <param name="objects">What is to go.</param>
    /// <param name="onlyTheseVersions">Leave what another writer has put in an object's place meanwhile.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What went, in that order.</returns>
    public async ValueTask<ImmutableArray<StoredObject>> RemoveAsync(
        DeltaSpace space, IReadOnlyList<StoredObject> objects, bool onlyTheseVersions, CancellationToken cancellationToken)
    {
        var keys = objects.Select(stored => stored.Uri.Key).ToHashSet(StringComparer.Ordinal);

        // Fetched before the delete, so that the reference can be put back whatever happens to it.
        using var held = keys.Any(key => DeltaSpace.IsDeltaKey(key) || DeltaSpace.IsReferenceKey(key))
            ? await HoldReferenceAsync(space, keys, cancellationToken).ConfigureAwait(false)
            : null;
        var removed = objects.Where(stored => !IsReference(stored)).ToImmutableArray();
        foreach (var stored in removed)
            await _store.DeleteAsync(stored.Uri, onlyTheseVersions ? stored.ETag : null, cancellationToken).ConfigureAwait(false);
        return held is not null && await CleanUpAsync(space, held, cancellationToken).ConfigureAwait(false)
            ? removed.Add(held.Stored)
            : removed;
    }

    // What was to be removed is removed. A reference that could not be is reported as waste, not as a failure.
    private async ValueTask<bool> CleanUpAsync(DeltaSpace space, HeldReference held, CancellationToken cancellationToken)
    {
        try
        {
            return await _references.RemoveIfUnusedAsync(held, cancellationToken).ConfigureAwait(false);
        }
        catch (DeltaGliderException e) when (e.Kind != ErrorKind.ReferenceMissing)
        {
            ReferenceKept(space, e.Message);
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            ReferenceKept(space, "the store did not answer in time");
            return false;
        }
    }

    // A user's own file of that name, which no DeltaGlider wrote, is a file like any other.
    private static bool IsReference(StoredObject stored) =>
        DeltaSpace.IsReferenceKey(stored.Uri.Key) && MetadataReader.Read(stored.Metadata).IsDeltaGlider;

    private async ValueTask<HeldReference?> HoldReferenceAsync(DeltaSpace space, HashSet<string> going, CancellationToken cancellationToken)
    {
        // Only the last delta takes the reference along: where another one stays, there is nothing to hold.
        await foreach (var key in _references.DeltasAsync(space, cancellationToken).ConfigureAwait(false))
        {
            if (!going.Contains(key)) return null;
        }

        try
        {
            var held = await _references.FindAsync(space, space.ToString(), null, cancellationToken).ConfigureAwait(false);
            if (held is null || IsReference(held.Stored)) return held;
            held.Dispose();
            return null;
        }
        catch (DeltaGliderException e) when (e.Kind == ErrorKind.ReferenceMismatch)
        {
            // Without a good copy in hand it could not be put back, so it stays.
            ReferenceKept(space, e.Message);
            return null;
        }
    }

    [LoggerMessage(104, LogLevel.Warning, "The reference of {Space} stays, although nothing may need it: {Reason}")]
    private partial void ReferenceKept(DeltaSpace space, string reason);
}
