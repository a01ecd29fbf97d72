using System.Diagnostics;
using System.Runtime.ExceptionServices;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Observability;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Bytes;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>Reads an object's original bytes back, whichever way it is stored, and takes their SHA-256.</summary>
internal sealed class ObjectRestorer
{
    // Enough for the header of a delta with any application header that the tools write.
    private const int DeltaPeek = 4096;
    private const int CopyBuffer = 128 * 1024;


    // Each attempt is lost only to a writer who has replaced the object since it was looked up.
    private const int Attempts = 10;

    private readonly IObjectReader _store;
    private readonly VariantLocator _locator;
    private readonly IDeltaCodec _codec;
    private readonly ReferenceLoader _references;

    public ObjectRestorer(IObjectReader store, VariantLocator locator, IDeltaCodec codec, ReferenceLoader references)
    {
        _store = store;
        _locator = locator;
        _codec = codec;
        _references = references;
    }

    /// <summary>
    /// Writes the original bytes. Whether they are right is for the caller to see from the result: this throws only when
    /// there is nothing to compare.
    /// </summary>
    public async ValueTask<RestoredContent> RestoreAsync(
        ResolvedObject source, Stream destination, IProgressSink? progress, CancellationToken cancellationToken)
    {
        Action<long>? report = progress is null
            ? null
            : done => progress.Report(new ByteProgress(WorkPhase.Downloading, source.Logical.ToString(), done, source.Size));
        using var hashing = new HashingStream(destination, report);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (source.Kind == StorageKind.Delta)
                    await RestoreDeltaAsync(source, hashing, progress, cancellationToken).ConfigureAwait(false);
                else
                    await RestoreWholeAsync(source, hashing, cancellationToken).ConfigureAwait(false);
                return new RestoredContent(source, hashing.Count, hashing.Digest(), source.Metadata.FileSha256);
            }
            catch (DeltaGliderException e) when (attempt < Attempts && hashing.Count == 0 && MayBeOvertaken(e.Kind))
            {
                var now = await _locator.LocateAsync(source.Logical, cancellationToken).ConfigureAwait(false);
                if (!IsSameVersion(now, source))
                    source = now;
                else if (now is { Kind: StorageKind.Delta, Superseded: { } whole })
                    source = VariantLocator.Interpret(source.Logical, whole)!; // its overwriting was cut off, and never reported: this is the object
                else
                    throw;
            }
        }
    }

    private static bool MayBeOvertaken(ErrorKind kind) =>
        kind is ErrorKind.ObjectNotFound or ErrorKind.TransferBroken or ErrorKind.ReferenceMissing or ErrorKind.ReferenceMismatch;

    private static bool IsSameVersion(ResolvedObject one, ResolvedObject other) =>
        one.Stored.Uri == other.Stored.Uri
        && one.Stored.ETag == other.Stored.ETag
        && one.Metadata.CreatedAt == other.Metadata.CreatedAt
        && one.Metadata.ReferenceSha256 == other.Metadata.ReferenceSha256;

    private async ValueTask RestoreWholeAsync(ResolvedObject source, Stream destination, CancellationToken cancellationToken)
    {
        var opened = await _store.OpenAsync(source.Stored.Uri, cancellationToken).ConfigureAwait(false);
        await using var closing = opened.ConfigureAwait(false);
        ThrowIfReplaced(source, opened);
        var content = await PeekedStream.OpenAsync(opened.Content, DeltaMagic.Length, cancellationToken).ConfigureAwait(false);
        await using var closingContent = content.ConfigureAwait(false);
        if (!source.Metadata.IsDeltaGlider && DeltaMagic.Starts(content.Start.Span)) throw Fail.OrphanedDelta(source.Stored.Uri);
        await content.CopyToAsync(destination, CopyBuffer, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask RestoreDeltaAsync(ResolvedObject source, Stream destination, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var uri = source.Stored.Uri;
        var fileSha256 = source.Metadata.FileSha256 ?? throw Fail.MetadataIncomplete(uri, "SHA-256 of the file");
        var referenceSha256 = source.Metadata.ReferenceSha256 ?? throw Fail.MetadataIncomplete(uri, "SHA-256 of the reference");
        if (!DeltaCodecs.IsKnown(source.Metadata.Codec)) throw Fail.UnknownCodec(source.Logical, source.Metadata.Codec!);
        using var lease = await AcquireReferenceAsync(source, referenceSha256, progress, cancellationToken).ConfigureAwait(false);
        if (fileSha256 == referenceSha256)
        {
            // The reference is the file. No need to decode, and deltas that could not be decoded are of no concern.
            var whole = lease.Reference.OpenRead();
            await using var closingWhole = whole.ConfigureAwait(false);
            await whole.CopyToAsync(destination, CopyBuffer, cancellationToken).ConfigureAwait(false);
            return;
        }

        var opened = await _store.OpenAsync(uri, cancellationToken).ConfigureAwait(false);
        await using var closing = opened.ConfigureAwait(false);
        ThrowIfReplaced(source, opened);
        var delta = await PeekedStream.OpenAsync(opened.Content, DeltaPeek, cancellationToken).ConfigureAwait(false);
        await using var closingDelta = delta.ConfigureAwait(false);
        // The proxy leaves the size out or writes 0.
        var original = new ExpectedContent(fileSha256, source.Metadata.FileSize is > 0 and var size ? size : null);
        try
        {
            var started = Stopwatch.GetTimestamp();
            if (_codec.IsOfUnpackedContent(delta.Start.Span))
                await RepackAsync(lease.Reference, delta, opened.Description.Size, destination, original, cancellationToken).ConfigureAwait(false);
            else if (_codec.IsDeep(delta.Start.Span))
                await lease.Reference.DecodeDeepAsync(delta, destination, original.Size ?? long.MaxValue, cancellationToken).ConfigureAwait(false);
            else
                await lease.Reference.DecodeAsync(delta, destination, original.Size ?? long.MaxValue, cancellationToken).ConfigureAwait(false);
            Measures.Decoded(Stopwatch.GetElapsedTime(started));
        }
        catch (DeltaGliderException e) when (e.Kind == ErrorKind.DeltaUndecodable)
        {
            throw Fail.DeltaUndecodable(source.Logical, e);
        }
        catch (DeltaGliderException e) when (e.Kind == ErrorKind.OriginalCompressionLost)
        {
            throw Fail.OriginalCompressionLost(source.Logical, e);
        }
    }

    private static async ValueTask RepackAsync(
        IDeltaReference reference, Stream delta, long deltaSize, Stream destination, ExpectedContent original, CancellationToken cancellationToken)
    {
        // It may be needed several times.
        var buffer = new DeltaBuffer(deltaSize);
        await using var closing = buffer.ConfigureAwait(false);
        await delta.CopyToAsync(buffer, CopyBuffer, cancellationToken).ConfigureAwait(false);
        await reference.DecodeUnpackedAsync(buffer, destination, original, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<ReferenceLease> AcquireReferenceAsync(
        ResolvedObject source, Sha256Digest sha256, IProgressSink? progress, CancellationToken cancellationToken)
    {
        ExceptionDispatchInfo? first = null;
        foreach (var place in ReferencePlaces.Of(source))
        {
            try
            {
                return await _references.AcquireAsync(place, sha256, source.Logical.ToString(), progress, cancellationToken).ConfigureAwait(false);
            }
            catch (DeltaGliderException e) when (e.Kind is ErrorKind.ReferenceMissing or ErrorKind.ReferenceMismatch || (first is not null && e.Kind == ErrorKind.AccessDenied))
            {
                first ??= ExceptionDispatchInfo.Capture(e);
            }
        }

        first!.Throw();
        throw new UnreachableException();
    }

    private static void ThrowIfReplaced(ResolvedObject source, OpenedObject opened)
    {
        if (opened.Description.ETag == source.Stored.ETag) return;
        throw new DeltaGliderException(ErrorKind.TransferBroken, source.Logical.ToString(), $"{source.Logical} was replaced while it was being read.")
        {
            Safe = "No local file was changed.",
            Advice = "Read it again.",
        };
    }
}
