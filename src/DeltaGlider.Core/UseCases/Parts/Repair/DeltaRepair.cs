using System.Collections.Immutable;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Bytes;

namespace DeltaGlider.Core.UseCases.Parts.Repair;

/// <summary>
/// Finds the metadata of a delta that has lost it. It is proven when the reference in place has the SHA-256 that its own
/// metadata records, and the delta decodes against it, either to the SHA-256 that is still recorded, or with a right
/// checksum in every window: a delta of another reference does not.
/// </summary>
internal sealed class DeltaRepair
{
    // Enough for the header of a delta with any application header that the tools write.
    private const int DeltaPeek = 4096;

    private readonly IObjectReader _store;
    private readonly IDeltaCodec _codec;
    private readonly ReferenceLoader _loader;
    private readonly MetadataWriter _metadata;

    public DeltaRepair(IObjectReader store, IDeltaCodec codec, ReferenceLoader loader, MetadataWriter metadata)
    {
        _store = store;
        _codec = codec;
        _loader = loader;
        _metadata = metadata;
    }

    /// <summary>The plan; null where nothing is proven.</summary>
    public async ValueTask<RepairPlan?> PlanAsync(S3Uri logical, CancellationToken cancellationToken)
    {
        // Beside a file stored whole it may be what an overwrite left: which of the two is the object, nobody can say.
        if (DeltaSpace.IsDeltaKey(logical.Key) || await _store.FindAsync(logical, cancellationToken).ConfigureAwait(false) is not null) return null;
        if (await _store.FindAsync(DeltaSpace.DeltaOf(logical), cancellationToken).ConfigureAwait(false) is not { } stored) return null;
        var left = MetadataReader.Read(stored.Metadata);
        if (await _store.FindAsync(DeltaSpace.Of(logical).Reference, cancellationToken).ConfigureAwait(false) is not { } reference) return null;
        if (MetadataReader.Read(reference.Metadata).FileSha256 is not { } referenceSha256) return null;
        if (left.ReferenceSha256 is { } recorded && recorded != referenceSha256) return null;
        if (await DecodeAsync(logical, stored, left, reference.Uri, referenceSha256, cancellationToken).ConfigureAwait(false) is not { } digest) return null;

        var facts = new FileFacts(left.Modified, left.IsDeltaGlider ? left.User : OfTheCaller(stored.Metadata));
        return new RepairPlan(logical, RepairKind.RewriteMetadata, $"write the metadata of {stored.Uri} anew: its bytes decode to {digest.Length} bytes with SHA-256 {digest.Sha256}")
        {
            Target = stored.Uri,
            Replaced = stored,
            Metadata = _metadata.ForDelta(logical, digest, referenceSha256, stored.Size, left.CreatedAt ?? stored.LastModified, facts),
        };
    }

    private async ValueTask<ContentDigest?> DecodeAsync(
        S3Uri logical, StoredObject stored, ObjectMetadata left, S3Uri reference, Sha256Digest referenceSha256, CancellationToken cancellationToken)
    {
        try
        {
            using var lease = await _loader.AcquireAsync(reference, referenceSha256, logical.ToString(), null, cancellationToken).ConfigureAwait(false);
            var opened = await _store.OpenAsync(stored.Uri, cancellationToken).ConfigureAwait(false);
            await using var closing = opened.ConfigureAwait(false);
            if (opened.Description.ETag != stored.ETag) return null;
            var delta = await PeekedStream.OpenAsync(opened.Content, DeltaPeek, cancellationToken).ConfigureAwait(false);
            await using var closingDelta = delta.ConfigureAwait(false);

            // What was unpacked before the delta was made decodes to other bytes than the file's.
            if (_codec.IsOfUnpackedContent(delta.Start.Span)) return null;
            using var target = new DigestStream();
            var isVouchedFor = await lease.Reference.DecodeAsync(delta, target, left.FileSize is > 0 and var size ? size : long.MaxValue, cancellationToken).ConfigureAwait(false);
            var digest = target.Digest();
            var isProven = left.FileSha256 is { } sha256 ? sha256 == digest.Sha256 : isVouchedFor;
            return isProven ? digest : null;
        }
        catch (DeltaGliderException e) when (e.Kind is ErrorKind.DeltaUndecodable or ErrorKind.ReferenceMissing or ErrorKind.ReferenceMismatch or ErrorKind.ObjectNotFound)
        {
            return null;
        }
    }

    private static ImmutableDictionary<string, string> OfTheCaller(ImmutableDictionary<string, string> stored) => stored
        .Where(pair => pair.Key.StartsWith(MetadataNames.UserPrefix, StringComparison.Ordinal) && pair.Key.Length > MetadataNames.UserPrefix.Length)
        .ToImmutableDictionary(pair => pair.Key[MetadataNames.UserPrefix.Length..], pair => EncodedWords.Decode(pair.Value));
}
