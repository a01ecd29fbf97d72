using System.Collections.Immutable;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Observability;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Parts;

namespace DeltaGlider.Core.UseCases;

/// <summary>
/// Removes an object, and with the last delta of a deltaspace its reference. A reference that live deltas need is never
/// removed on its own.
/// </summary>
public sealed class RemoveObject
{
    private const int NamedDependents = 5;
    private const int MostLooks = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private readonly IObjectReader _store;
    private readonly VariantLocator _locator;
    private readonly ReferenceKeeper _references;
    private readonly VariantRemover _remover;
    private readonly SpaceLine _line;
    private readonly TimeProvider _time;

    internal RemoveObject(IObjectReader store, VariantLocator locator, ReferenceKeeper references, VariantRemover remover, SpaceLine line, TimeProvider time)
    {
        _store = store;
        _locator = locator;
        _references = references;
        _remover = remover;
        _line = line;
        _time = time;
    }

    /// <summary>Says what removing the object would do. Changes nothing.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.ObjectNotFound"/>, <see cref="ErrorKind.ReferenceInUse"/>,
    /// <see cref="ErrorKind.ReservedKey"/>, or what the store reports.</exception>
    public async ValueTask<RemoveObjectPlan> PlanAsync(RemoveObjectRequest request, CancellationToken cancellationToken)
    {
        if (request.Uri.Key.Length == 0) throw Fail.InvalidArgument(request.Uri.ToString(), $"{request.Uri} names no object.", "Write it as s3://bucket/key.");
        var found = await _locator.LocateAsync(request.Uri, cancellationToken).ConfigureAwait(false);
        if (DeltaSpace.IsReferenceKey(request.Uri.Key)) return await PlanReferenceAsync(request, found.Stored, cancellationToken).ConfigureAwait(false);

        // The older variant goes first: cut off in between, it must not come back as the object.
        var objects = found.Superseded is { } old ? ImmutableArray.Create(old, found.Stored) : [found.Stored];
        return new RemoveObjectPlan(request.Uri, objects);
    }

    /// <summary>Removes what the plan says.</summary>
    public ValueTask<RemoveObjectResult> RunAsync(RemoveObjectPlan plan, CancellationToken cancellationToken) =>
        Operation.RunAsync("remove", plan.Uri, async operation =>
        {
            var result = await RemoveAsync(plan, cancellationToken).ConfigureAwait(false);
            operation.Tell("objects", result.RemovedKeys.Length);
            operation.Tell("stored_size", result.FreedBytes);
            return result;
        });

    private async ValueTask<RemoveObjectResult> RemoveAsync(RemoveObjectPlan plan, CancellationToken cancellationToken)
    {
        var space = DeltaSpace.Of(plan.Uri);

        // Two that each see the other's delta would both leave the reference.
        using var place = _line.Enter(space);
        await place.TurnAsync(cancellationToken).ConfigureAwait(false);
        var removed = await _remover.RemoveAsync(space, plan.Objects, onlyTheseVersions: false, cancellationToken).ConfigureAwait(false);
        if (!DeltaSpace.IsReferenceKey(plan.Uri.Key)) removed = removed.AddRange(await RemoveOtherVariantsAsync(space, plan, cancellationToken).ConfigureAwait(false));
        return new RemoveObjectResult(
            plan.Uri,
            [.. removed.Select(stored => stored.Uri.Key)],
            removed.Any(stored => stored.Uri == space.Reference),
            removed.Sum(stored => stored.Size));
    }

    /// <summary>
    /// Since it was looked up, the object may have got another variant and lost the one that was removed: it was re-encoded.
    /// While that goes on it is looked for more than once. A newer version is somebody's new object, and stays.
    /// </summary>
    private async ValueTask<IReadOnlyList<StoredObject>> RemoveOtherVariantsAsync(DeltaSpace space, RemoveObjectPlan plan, CancellationToken cancellationToken)
    {
        var removed = new List<StoredObject>();
        for (var looks = 0; looks < MostLooks; looks++)
        {
            if (await _locator.FindAsync(plan.Uri, cancellationToken).ConfigureAwait(false) is { } left && plan.Objects.Any(one => ObjectVersion.IsSame(one, left.Stored)))
            {
                var objects = left.Superseded is { } old ? ImmutableArray.Create(old, left.Stored) : [left.Stored];
                removed.AddRange(await _remover.RemoveAsync(space, objects, onlyTheseVersions: true, cancellationToken).ConfigureAwait(false));
                continue;
            }

            if (!await IsBeingReEncodedAsync(space, cancellationToken).ConfigureAwait(false)) break;
            await Task.Delay(Pause, _time, cancellationToken).ConfigureAwait(false);
        }

        return removed;
    }

    private async ValueTask<bool> IsBeingReEncodedAsync(DeltaSpace space, CancellationToken cancellationToken)
    {
        try
        {
            return await _store.FindAsync(SpaceLeaseKey.Of(space), cancellationToken).ConfigureAwait(false) is not null;
        }
        catch (DeltaGliderException e) when (e.Kind == ErrorKind.AccessDenied)
        {
            return false; // who may use no more than a prefix of the bucket
        }
    }

    private async ValueTask<RemoveObjectPlan> PlanReferenceAsync(RemoveObjectRequest request, StoredObject reference, CancellationToken cancellationToken)
    {
        var dependents = new List<StoredObject>();
        await foreach (var key in _references.DeltasAsync(DeltaSpace.Of(reference.Uri), cancellationToken).ConfigureAwait(false))
        {
            var uri = reference.Uri.WithKey(key);
            var delta = VariantLocator.Interpret(uri, await _store.FindAsync(uri, cancellationToken).ConfigureAwait(false));
            if (delta is { Kind: StorageKind.Delta }) dependents.Add(delta.Stored);
        }

        if (dependents.Count == 0) return new RemoveObjectPlan(request.Uri, [reference]);
        if (!request.IncludeDependents)
        {
            var some = dependents.Take(NamedDependents).Select(delta => DeltaSpace.LogicalKeyOf(delta.Uri.Key));
            throw Fail.ReferenceInUse(reference.Uri, dependents.Count, some);
        }

        // The deltas first: the reference goes with the last of them, under the protocol.
        return new RemoveObjectPlan(request.Uri, [.. dependents]);
    }
}
