using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;

namespace DeltaGlider.Core.UseCases.Optimizing;

/// <summary>Stores whole what is a delta, so that it needs no reference any more.</summary>
internal sealed class WholeMaker(ObjectRewriting rewriting, OriginalReader originals, VariantSettling settling)
{
    /// <summary>Makes an object whole, and removes its delta.</summary>
    /// <exception cref="DeltaGliderException">As <see cref="ObjectRewriting.RunAsync"/>.</exception>
    public ValueTask<OptimizedObject> MakeAsync(S3Uri logical, SpaceLease lease, IProgressSink? progress, CancellationToken cancellationToken) =>
        rewriting.RunAsync(
            logical,
            async (found, isFurther) =>
            {
                if (found.Superseded is { } other) await SettleAsync(found, other, lease, cancellationToken).ConfigureAwait(false);
                else if (found.Kind == StorageKind.Delta) await WriteAsync(found, lease, progress, cancellationToken).ConfigureAwait(false);
                else return isFurther ? OptimizeOutcome.MadeWhole : OptimizeOutcome.Unchanged;
                return null;
            },
            cancellationToken);

    private ValueTask<bool> SettleAsync(ResolvedObject found, StoredObject other, SpaceLease lease, CancellationToken cancellationToken)
    {
        var whole = found.Kind == StorageKind.Direct ? found.Stored : other;
        return ObjectVersion.IsSame(found.Stored, other)
            ? settling.SettleAsync(found.Logical, whole, null, lease, cancellationToken)
            : settling.RemoveOlderAsync(found, other, cancellationToken);
    }

    private async ValueTask WriteAsync(ResolvedObject delta, SpaceLease lease, IProgressSink? progress, CancellationToken cancellationToken)
    {
        using var original = await originals.ReadAsync(delta, progress, cancellationToken).ConfigureAwait(false);
        if (original.Source.Kind == StorageKind.Delta && await settling.TryCreateAsync(original.Whole, progress, cancellationToken).ConfigureAwait(false) is { } whole)
            await settling.SettleAsync(delta.Logical, whole, original.Whole, lease, cancellationToken).ConfigureAwait(false);
    }
}
