using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Parts;

namespace DeltaGlider.Core.UseCases.Optimizing;

/// <summary>Stores whole what is a delta, so that it needs no reference any more.</summary>
internal sealed class WholeMaker
{
    private const int Attempts = 8;

    private readonly IObjectWriter _store;
    private readonly VariantLocator _locator;
    private readonly OriginalReader _originals;
    private readonly VariantSettling _settling;

    public WholeMaker(IObjectWriter store, VariantLocator locator, OriginalReader originals, VariantSettling settling)
    {
        _store = store;
        _locator = locator;
        _originals = originals;
        _settling = settling;
    }

    /// <summary>Makes an object whole, and removes its delta.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.Contended"/>, or what the store reports. An object that
    /// cannot be read back is an outcome.</exception>
    public async ValueTask<OptimizedObject> MakeAsync(S3Uri logical, SpaceLease lease, IProgressSink? progress, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (await _locator.FindAsync(logical, cancellationToken).ConfigureAwait(false) is not { } found) return new OptimizedObject(logical, OptimizeOutcome.Overtaken, null, 0);
            if (found is { Kind: not StorageKind.Delta, Superseded: null })
                return new OptimizedObject(logical, attempt == 1 ? OptimizeOutcome.Unchanged : OptimizeOutcome.MadeWhole, found.Kind, found.Stored.Size);
            try
            {
                if (found.Superseded is { } other) await SettleAsync(found, other, lease, cancellationToken).ConfigureAwait(false);
                else await WriteAsync(found, lease, progress, cancellationToken).ConfigureAwait(false);
            }
            catch (DeltaGliderException e) when (e.IsFaultOfTheObject)
            {
                return new OptimizedObject(logical, OptimizeOutcome.Unreadable, found.Kind, found.Stored.Size) { Problem = e.Message };
            }
            catch (DeltaGliderException e) when (e.Kind == ErrorKind.ObjectNotFound && attempt < Attempts)
            {
                // Removed, or changed, since it was looked up: the next look shows.
            }
        }

        throw Fail.NeverStill(logical);
    }

    private ValueTask<bool> SettleAsync(ResolvedObject found, StoredObject other, SpaceLease lease, CancellationToken cancellationToken)
    {
        var whole = found.Kind == StorageKind.Direct ? found.Stored : other;
        return ObjectVersion.IsSame(found.Stored, other)
            ? _settling.SettleAsync(found.Logical, whole, null, lease, cancellationToken)
            : _settling.RemoveOlderAsync(found, other, cancellationToken);
    }

    private async ValueTask WriteAsync(ResolvedObject delta, SpaceLease lease, IProgressSink? progress, CancellationToken cancellationToken)
    {
        using var original = await _originals.ReadAsync(delta, progress, cancellationToken).ConfigureAwait(false);
        if (original.Source.Kind != StorageKind.Delta) return;
        StoredObject whole;
        try
        {
            whole = await _store.PutAsync(original.Whole, UploadProgress.For(progress, delta.Logical, original.Bytes.Length), cancellationToken).ConfigureAwait(false);
        }
        catch (DeltaGliderException e) when (e.Kind == ErrorKind.AlreadyExists)
        {
            return; // another writer stored it whole
        }

        await _settling.SettleAsync(delta.Logical, whole, original.Whole, lease, cancellationToken).ConfigureAwait(false);
    }
}
