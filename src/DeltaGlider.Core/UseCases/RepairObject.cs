using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Observability;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.UseCases.Bytes;
using DeltaGlider.Core.UseCases.Parts;
using DeltaGlider.Core.UseCases.Parts.Repair;

namespace DeltaGlider.Core.UseCases;

/// <summary>
/// Mends what verifying has found, where that can be done without a loss: nothing is written but what the bytes in the
/// bucket prove, and nothing is written over that somebody else has changed meanwhile. docs/design/repair.md says what
/// counts as a proof.
/// </summary>
public sealed class RepairObject
{
    private readonly IObjectStore _store;
    private readonly DeltaRepair _deltas;
    private readonly ReferenceRepair _references;
    private readonly ReferenceLoader _loader;
    private readonly RemoveObject _remove;
    private readonly VerifyObject _verify;

    internal RepairObject(IObjectStore store, DeltaRepair deltas, ReferenceRepair references, ReferenceLoader loader, RemoveObject remove, VerifyObject verify)
    {
        _store = store;
        _deltas = deltas;
        _references = references;
        _loader = loader;
        _remove = remove;
        _verify = verify;
    }

    /// <summary>Says what would mend it; null when nothing can. Reads, and changes nothing.</summary>
    /// <param name="found">What verifying has found.</param>
    /// <param name="removeOrphans">Also remove references that nothing needs.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="DeltaGliderException">What the store reports.</exception>
    public async ValueTask<RepairPlan?> PlanAsync(VerifyObjectResult found, bool removeOrphans, CancellationToken cancellationToken) => found switch
    {
        { Finding: VerifyFinding.MetadataLost, Storage: StorageKind.Delta } => await _deltas.PlanAsync(found.Uri, cancellationToken).ConfigureAwait(false),
        { Finding: VerifyFinding.MetadataLost or VerifyFinding.ReferenceMismatch, Storage: StorageKind.Reference, Actual: { } actual } =>
            await _references.PlanMetadataAsync(found.Uri, actual, cancellationToken).ConfigureAwait(false),
        { Finding: VerifyFinding.MissingReference } => await _references.PlanReturnAsync(found.Uri, cancellationToken).ConfigureAwait(false),
        { Finding: VerifyFinding.OrphanReference } when removeOrphans => await PlanRemovalAsync(found.Uri, cancellationToken).ConfigureAwait(false),
        _ => null,
    };

    /// <summary>Does what the plan says and looks at the object again.</summary>
    /// <exception cref="DeltaGliderException">What the store reports; <see cref="ErrorKind.Contended"/> when somebody else has changed the object since it was looked at.</exception>
    public ValueTask<VerifyObjectResult> RunAsync(RepairPlan plan, VerifyObjectResult found, CancellationToken cancellationToken) =>
        Operation.RunAsync("repair", plan.Uri, async _ =>
        {
            if (plan.Removal is { } removal)
            {
                var removed = await _remove.RunAsync(removal, cancellationToken).ConfigureAwait(false);
                return removed.ReferenceRemoved
                    ? found with { Finding = VerifyFinding.None, IsRepaired = true, Reason = "Nothing needed this reference; it was removed." }
                    : found with { Reason = "This reference stays: something may need it after all, or another removal of it is under way or was cut off less than 10 minutes ago." };
            }

            if (plan.Kind != RepairKind.Nothing) await WriteAsync(plan, cancellationToken).ConfigureAwait(false);
            if (found.Storage == StorageKind.Reference)
                return found with { IsValid = true, Expected = plan.ReferenceSha256, Finding = VerifyFinding.None, Problem = null, IsRepaired = true, Reason = "Its metadata was written anew." };
            var now = await _verify.RunAsync(plan.Uri, null, cancellationToken).ConfigureAwait(false);
            return now with { IsRepaired = now.IsValid };
        });

    /// <summary>Both of them: what cannot be mended, or is not to be, comes back as it was found.</summary>
    /// <param name="found">What verifying has found.</param>
    /// <param name="removeOrphans">Also remove references that nothing needs.</param>
    /// <param name="ask">Asked before anything is changed.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<VerifyObjectResult> TryAsync(
        VerifyObjectResult found, bool removeOrphans, Func<RepairPlan, CancellationToken, ValueTask<bool>> ask, CancellationToken cancellationToken)
    {
        if (await PlanAsync(found, removeOrphans, cancellationToken).ConfigureAwait(false) is not { } plan) return found;
        return plan.Kind == RepairKind.Nothing || await ask(plan, cancellationToken).ConfigureAwait(false)
            ? await RunAsync(plan, found, cancellationToken).ConfigureAwait(false)
            : found;
    }

    private async ValueTask<RepairPlan?> PlanRemovalAsync(S3Uri reference, CancellationToken cancellationToken)
    {
        try
        {
            var removal = await _remove.PlanAsync(new RemoveObjectRequest(reference), cancellationToken).ConfigureAwait(false);
            return new RepairPlan(reference, RepairKind.RemoveOrphan, $"remove {reference}, which nothing needs") { Removal = removal };
        }
        catch (DeltaGliderException e) when (e.Kind is ErrorKind.ReferenceInUse or ErrorKind.ObjectNotFound)
        {
            return null; // somebody has come to need it, or has removed it
        }
    }

    private async ValueTask WriteAsync(RepairPlan plan, CancellationToken cancellationToken)
    {
        if (plan.ReferenceSha256 is { } sha256)
        {
            var place = plan.Replaced?.Uri ?? Rules.SpareReference.Of(DeltaSpace.Of(plan.Target));
            using var lease = await _loader.AcquireAsync(place, sha256, plan.Uri.ToString(), null, cancellationToken).ConfigureAwait(false);
            await PutAsync(plan, new ReferenceContent(lease.Reference), cancellationToken).ConfigureAwait(false);
            return;
        }

        var opened = await _store.OpenAsync(plan.Target, cancellationToken).ConfigureAwait(false);
        await using var closing = opened.ConfigureAwait(false);
        if (opened.Description.ETag != plan.Replaced!.ETag) throw Fail.Replaced(plan.Target);
        var delta = new DeltaBuffer(opened.Description.Size);
        await using var closingDelta = delta.ConfigureAwait(false);
        await opened.Content.CopyToAsync(delta, cancellationToken).ConfigureAwait(false);
        await PutAsync(plan, delta, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask PutAsync(RepairPlan plan, IContent content, CancellationToken cancellationToken)
    {
        var request = new PutRequest(plan.Target, content, plan.Metadata)
        {
            Condition = plan.Replaced is null ? PutCondition.IfAbsent : PutCondition.None,
            IfMatch = plan.Replaced?.ETag,
            StorageClass = plan.Replaced?.StorageClass,
        };
        try
        {
            if (plan.Replaced is null) await _store.CreatesOnlyOnceAsync(plan.Target.Bucket, cancellationToken).ConfigureAwait(false);
            await _store.PutAsync(request, null, cancellationToken).ConfigureAwait(false);
        }
        catch (DeltaGliderException e) when (e.Kind == ErrorKind.AlreadyExists)
        {
            // Somebody else has put one there: looking again shows which one.
        }
    }
}
