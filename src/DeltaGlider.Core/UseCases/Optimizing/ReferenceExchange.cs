using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Bytes;
using DeltaGlider.Core.UseCases.Parts;

namespace DeltaGlider.Core.UseCases.Optimizing;

/// <summary>
/// Puts another reference in a deltaspace's place, when none of its objects is a delta: the old one goes under the reference
/// protocol, as with the last delta, and the new one is created as by a first writer.
/// </summary>
internal sealed class ReferenceExchange(IObjectReader store, VariantLocator locator, ReferenceKeeper references, ReferenceLoader loader, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(11);

    /// <summary>Makes one of the candidates the reference; null when others were in the way, so that it should be tried again.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.ObjectNotFound"/>: none of the candidates is there any more,
    /// or what the store reports.</exception>
    public async ValueTask<(HeldReference Held, S3Uri Source)?> TryAsync(OptimizePlan plan, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var space = plan.Space;

        // In memory before the old one goes.
        var (source, lease) = await LoadAsync(plan, progress, cancellationToken).ConfigureAwait(false);
        using var holding = lease;
        var old = await references.FindAsync(space, space.ToString(), progress, cancellationToken).ConfigureAwait(false);
        if (old?.Sha256 == lease.Sha256) return (old, source);
        using (old)
        {
            if (old is not null && !await references.RemoveIfUnusedAsync(old, cancellationToken).ConfigureAwait(false))
            {
                await WaitForRemoverAsync(space, cancellationToken).ConfigureAwait(false);
                return null;
            }
        }

        var content = new ReferenceContent(lease.Reference);
        var digest = await ContentHasher.HashAsync(content, null, cancellationToken).ConfigureAwait(false);
        var upload = UploadProgress.For(progress, space.Reference, digest.Length);
        var created = await references.TryCreateAsync(source, content, digest, () => Fail.NeverStill(source), upload, cancellationToken).ConfigureAwait(false);
        if (created is null) return null;
        if (created.Sha256 == lease.Sha256) return (created, source);
        created.Dispose(); // a dead remover's came back
        return null;
    }

    private async ValueTask<(S3Uri Source, ReferenceLease Lease)> LoadAsync(OptimizePlan plan, IProgressSink? progress, CancellationToken cancellationToken)
    {
        foreach (var candidate in plan.Candidates)
        {
            var found = await locator.FindAsync(candidate.Uri, cancellationToken).ConfigureAwait(false);
            if (found is not { Kind: StorageKind.Direct } || found.Metadata.FileSha256 != candidate.Sha256) continue;
            try
            {
                return (candidate.Uri, await loader.AcquireAsync(candidate.Uri, candidate.Sha256, candidate.Uri.ToString(), progress, cancellationToken).ConfigureAwait(false));
            }
            catch (DeltaGliderException e) when (Findings.Of(e.Kind) is not null)
            {
                // Another one, then.
            }
        }

        throw Fail.ObjectNotFound(plan.Candidates[0].Uri);
    }

    // A remover is at work there, or died of it; then its spare stays for ten minutes.
    private async ValueTask WaitForRemoverAsync(DeltaSpace space, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (await store.FindAsync(SpareReference.Of(space), cancellationToken).ConfigureAwait(false) is { } spare
            && time.GetUtcNow() - spare.LastModified < Patience && time.GetElapsedTime(since) < Patience)
            await Task.Delay(Look, time, cancellationToken).ConfigureAwait(false);
    }
}
