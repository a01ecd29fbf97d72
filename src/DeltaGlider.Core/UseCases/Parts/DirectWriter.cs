using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Bytes;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>Stores a file whole, under its own key.</summary>
internal sealed class DirectWriter
{
    private const int Attempts = 10;

    private readonly IObjectWriter _store;
    private readonly VariantLocator _locator;
    private readonly VariantRemover _remover;
    private readonly MetadataWriter _metadata;
    private readonly TimeProvider _time;

    public DirectWriter(IObjectWriter store, VariantLocator locator, VariantRemover remover, MetadataWriter metadata, TimeProvider time)
    {
        _store = store;
        _locator = locator;
        _remover = remover;
        _metadata = metadata;
        _time = time;
    }

    /// <summary>Refuses a file whose metadata S3 would refuse, before anything is sent.</summary>
    public void EnsureFits(S3Uri logical, SourceFile source)
    {
        var now = _time.GetUtcNow();
        _ = _metadata.ForDirect(logical, source.Digest, now, source.Facts);
        _ = _metadata.ForDelta(logical, source.Digest, source.Digest.Sha256, source.Digest.Length, now, source.Facts);
    }

    public async ValueTask<WriteOutcome> WriteAsync(S3Uri logical, SourceFile source, string? storageClass, IProgressSink? progress, CancellationToken cancellationToken)
    {
        // What lies there may be a delta under its own key: that is another object's.
        if (DeltaSpace.IsDeltaKey(logical.Key)) await _locator.FindAsync(logical, cancellationToken).ConfigureAwait(false);
        ResolvedObject? other = null;
        for (var attempt = 1; ; attempt++)
        {
            var request = new PutRequest(
                logical,
                new CheckedContent(source.Content, source.Digest.Sha256, source.Changed),
                _metadata.ForDirect(logical, source.Digest, VariantChoice.CreatedAfter(_time.GetUtcNow(), other), source.Facts))
            { ContentType = source.ContentType, StorageClass = storageClass };
            var stored = await _store.PutAsync(request, UploadProgress.For(progress, logical, source.Digest.Length), cancellationToken).ConfigureAwait(false);

            // Only now: until the new variant is there, the old one is the object.
            other = await _locator.FindBesideAsync(logical, logical, cancellationToken).ConfigureAwait(false);
            if (other is null || attempt == Attempts || IsOurs(other, stored)) return new WriteOutcome(stored, 0, TimeSpan.Zero);

            // Newer, it says: by a clock ahead of ours, or because it came meanwhile. Or ours was removed for a version of before.
            if (other is not { Kind: StorageKind.Direct, Superseded: { } old }) continue;
            await _remover.RemoveAsync(DeltaSpace.Of(logical), [old], onlyTheseVersions: true, cancellationToken).ConfigureAwait(false);

            // Of two writers that each removed the other's variant, the later one sees it here.
            if (await _locator.FindAsync(logical, cancellationToken).ConfigureAwait(false) is not null) return new WriteOutcome(stored, 0, TimeSpan.Zero);
        }
    }

    // Alone and not of before; or re-encoded meanwhile.
    private static bool IsOurs(ResolvedObject present, StoredObject ours) => present.Superseded is null
        ? !ObjectVersion.IsOlder(present.Stored, ours)
        : present.Kind != StorageKind.Direct && ObjectVersion.IsSame(present.Stored, ours);
}
