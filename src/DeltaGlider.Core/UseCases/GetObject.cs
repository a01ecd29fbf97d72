using System.Diagnostics;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Observability;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Bytes;
using DeltaGlider.Core.UseCases.Parts;

namespace DeltaGlider.Core.UseCases;

/// <summary>
/// Fetches an object into a local file. The file appears, or is replaced, only when every byte has been written and the
/// SHA-256 has proved right.
/// </summary>
public sealed class GetObject
{
    private readonly VariantLocator _locator;
    private readonly ObjectRestorer _restorer;
    private readonly ILocalFiles _files;

    internal GetObject(VariantLocator locator, ObjectRestorer restorer, ILocalFiles files)
    {
        _locator = locator;
        _restorer = restorer;
        _files = files;
    }

    /// <summary>Says what fetching the object would do. Changes nothing.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.ObjectNotFound"/>, <see cref="ErrorKind.IsAFolder"/>,
    /// <see cref="ErrorKind.InvalidArgument"/>, or what the store reports.</exception>
    public async ValueTask<GetObjectPlan> PlanAsync(GetObjectRequest request, CancellationToken cancellationToken)
    {
        if (request.Source.IsFolderLike)
            throw Fail.InvalidArgument(request.Source.ToString(), $"{request.Source} names no object.", "Write it as s3://bucket/key.");
        var given = _files.Find(request.DestinationPath);
        var path = DestinationNaming.ForDownload(request.Source, request.DestinationPath, given is { IsFolder: true });
        return await PlanExactlyAsync(request with { DestinationPath = path }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same with the destination as it stands: the file's own path.</summary>
    internal async ValueTask<GetObjectPlan> PlanExactlyAsync(GetObjectRequest request, CancellationToken cancellationToken)
    {
        var path = request.DestinationPath;
        var existing = _files.Find(path);
        if (existing is { IsFolder: true }) throw Fail.IsAFolder(existing.FullPath);
        var source = await _locator.LocateAsync(request.Source, cancellationToken).ConfigureAwait(false);
        return new GetObjectPlan(source, existing?.FullPath ?? path, existing is not null);
    }

    /// <summary>
    /// True when the file that would be replaced was changed after the object was, and does not have its content.
    /// </summary>
    public async ValueTask<bool> WouldReplaceNewerAsync(GetObjectPlan plan, CancellationToken cancellationToken)
    {
        if (!plan.Replaces || _files.Find(plan.DestinationPath) is not { IsFolder: false } there) return false;
        var (source, metadata) = (plan.Source, plan.Source.Metadata);
        if (SyncRule.Relate(metadata.Modified ?? source.Stored.LastModified, there.Modified) != TimeRelation.DestinationNewer) return false;
        if (there.Length != source.Size || metadata.FileSha256 is not { } sha256) return true;
        return (await ContentHasher.HashAsync(_files.Read(there.FullPath), null, cancellationToken).ConfigureAwait(false)).Sha256 != sha256;
    }

    /// <summary>Fetches the object.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.ChecksumMismatch"/>, <see cref="ErrorKind.ReferenceMissing"/>
    /// and the others that say why it could not be had. The destination is then as it was.</exception>
    public ValueTask<GetObjectResult> RunAsync(GetObjectPlan plan, IProgressSink? progress, CancellationToken cancellationToken) =>
        Operation.RunAsync("get", plan.Source.Logical, async operation =>
        {
            var result = await FetchAsync(plan, progress, cancellationToken).ConfigureAwait(false);
            operation.Tell("storage", Measures.NameOf(result.Storage));
            operation.Tell("size", result.Size);
            operation.Tell("stored_size", result.StoredSize);
            Measures.Fetched(result);
            return result;
        });

    private async ValueTask<GetObjectResult> FetchAsync(GetObjectPlan plan, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var writer = _files.BeginReplace(plan.DestinationPath, plan.Source.Size is > 0 and var size ? size : null);
        await using var closing = writer.ConfigureAwait(false);
        var restored = await _restorer.RestoreAsync(plan.Source, writer.Stream, progress, cancellationToken).ConfigureAwait(false);
        var source = restored.Source;
        if (restored.IsMismatch) throw Fail.ChecksumMismatch(source.Logical, restored.Expected!, restored.Actual);

        // As with the AWS CLI: where no time of the file's own is recorded, that of its upload stands for it.
        await writer.CommitAsync(source.Metadata.Modified ?? source.Stored.LastModified, cancellationToken).ConfigureAwait(false);
        return new GetObjectResult(
            source.Logical,
            plan.DestinationPath,
            source.Kind,
            restored.Length,
            source.Stored.Size,
            restored.Actual,
            restored.Expected is not null,
            Stopwatch.GetElapsedTime(started));
    }
}
