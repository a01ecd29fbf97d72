using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Bytes;
using DeltaGlider.Core.UseCases.Parts;

namespace DeltaGlider.Core.UseCases;

/// <summary>
/// Copies an object from S3 to S3: read back as the file it stands for, whichever tool stored it and how, and stored anew
/// like any file. Delta bytes are never copied as they are: they mean nothing without their reference.
/// </summary>
public sealed class CopyObject
{
    // What is small enough not to trouble a disk with.
    private const long InMemory = 8L << 20;

    private readonly VariantLocator _sources;
    private readonly ObjectRestorer _restorer;
    private readonly VariantLocator _targets;
    private readonly PutObject _put;
    private readonly ILocalFiles _files;
    private readonly bool _isOneStore;

    internal CopyObject(VariantLocator sources, ObjectRestorer restorer, VariantLocator targets, PutObject put, ILocalFiles files)
    {
        _sources = sources;
        _restorer = restorer;
        _targets = targets;
        _put = put;
        _files = files;
        _isOneStore = ReferenceEquals(sources, targets);
    }

    /// <summary>Says what copying the object would do. Changes nothing.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.ObjectNotFound"/>, <see cref="ErrorKind.ReservedKey"/>,
    /// <see cref="ErrorKind.InvalidArgument"/>, or what a store reports.</exception>
    public async ValueTask<CopyObjectPlan> PlanAsync(CopyObjectRequest request, CancellationToken cancellationToken)
    {
        if (request.Source.Key.Length == 0)
            throw Fail.InvalidArgument(request.Source.ToString(), $"{request.Source} names no object.", "Write it as s3://bucket/key.");
        var target = request.IsExact ? request.Destination : DestinationNaming.ForUpload(request.Source.Name, request.Destination);
        if (_isOneStore && target == request.Source)
            throw Fail.InvalidArgument(target.ToString(), $"{target} would be copied onto itself.", "Name another destination.");
        var source = await _sources.LocateAsync(request.Source, cancellationToken).ConfigureAwait(false);
        _ = _put.PlanFor(PutRequest(request, target), Described(source), target);
        var existing = await _targets.FindAsync(target, cancellationToken).ConfigureAwait(false);
        return new CopyObjectPlan(request, source, target, existing) { IsThere = !request.Always && existing is not null && IsSame(source, existing) };
    }

    /// <summary>Copies the object, whether it is there or not.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.ChecksumMismatch"/> and the others that say why the source
    /// could not be read or the copy not be stored. What was at the destination is then still there.</exception>
    public async ValueTask<PutObjectResult> RunAsync(CopyObjectPlan plan, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var scratch = BeginScratch(plan.Source.Size);
        await using var closing = scratch.ConfigureAwait(false);
        var put = _put.PlanFor(PutRequest(plan.Request, plan.Target), Described(plan.Source), plan.Target);
        return await _put.RunAsync(put, () => FetchAsync(plan, scratch, progress, cancellationToken), progress, cancellationToken).ConfigureAwait(false);
    }

    // A copy of ours records what the source recorded; of a source that records no SHA-256, size and time are known.
    private static bool IsSame(ResolvedObject source, ResolvedObject existing) =>
        source.Size == existing.Size
        && (source.Metadata.FileSha256 is { } sha256
            ? sha256 == existing.Metadata.FileSha256
            : existing.Metadata.FileSha256 is not null && existing.Metadata.Modified is { } copied && SyncRule.Relate(TimeOf(source), copied) == TimeRelation.Equal);

    private static DateTimeOffset TimeOf(ResolvedObject source) => source.Metadata.Modified ?? source.Stored.LastModified;

    private static LocalFile Described(ResolvedObject source) => new(source.Logical.ToString(), false, source.Size, TimeOf(source));

    private static PutObjectRequest PutRequest(CopyObjectRequest request, S3Uri target) => new(request.Source.ToString(), target, request);

    private async ValueTask<SourceFile> FetchAsync(CopyObjectPlan plan, IScratchFile scratch, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var restored = await RestoreAsync(plan, scratch, progress, cancellationToken).ConfigureAwait(false);
        if (restored.IsMismatch) throw Fail.ChecksumMismatch(plan.Source.Logical, restored.Expected!, restored.Actual);
        await scratch.Stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        var source = restored.Source;
        var digest = await ContentHasher.HashAsync(scratch, null, cancellationToken).ConfigureAwait(false);
        if (digest.Sha256 != restored.Actual) throw Fail.FileChanged(source.Logical.ToString());
        var request = plan.Request;
        var user = request.Metadata.IsEmpty ? source.Metadata.User.Remove(MetadataNames.Modified) : request.Metadata;
        var kept = source.Kind == StorageKind.Delta || source.Stored.ContentType == ContentTypes.Default ? null : source.Stored.ContentType;
        var contentType = request.ContentType ?? kept ?? ContentTypes.Of(plan.Target.Name);
        return new SourceFile(Described(source), scratch, digest, new FileFacts(TimeOf(source), user), contentType);
    }

    private async ValueTask<RestoredContent> RestoreAsync(CopyObjectPlan plan, IScratchFile scratch, IProgressSink? progress, CancellationToken cancellationToken)
    {
        try
        {
            return await _restorer.RestoreAsync(plan.Source, scratch.Stream, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (DeltaTooLargeException e)
        {
            // A version that came meanwhile is larger than there is room for.
            throw new DeltaGliderException(ErrorKind.TransferBroken, plan.Source.Logical.ToString(), $"{plan.Source.Logical} was replaced while it was being copied.", e)
            {
                Safe = "What was at the destination is still there.",
                Advice = "Copy it again.",
            };
        }
    }

    private IScratchFile BeginScratch(long size) =>
        size is > 0 and <= InMemory ? new MemoryScratch(size) : _files.BeginScratch(size > 0 ? size : null);
}
