using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Observability;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Bytes;
using DeltaGlider.Core.UseCases.Parts;
using Microsoft.Extensions.Logging;

namespace DeltaGlider.Core.UseCases;

/// <summary>
/// Stores a local file: as a delta against its deltaspace's reference where its name and the delta's size say so, else
/// whole. Nothing is reported as stored that was not proven to come back.
/// </summary>
public sealed partial class PutObject
{
    private readonly ILocalFiles _files;
    private readonly DirectWriter _direct;
    private readonly DeltaWriter _delta;
    private readonly DeltaPolicy _policy;
    private readonly ILogger _log;

    internal PutObject(ILocalFiles files, DirectWriter direct, DeltaWriter delta, DeltaPolicy policy, ILogger log)
    {
        _files = files;
        _direct = direct;
        _delta = delta;
        _policy = policy;
        _log = log;
    }

    /// <summary>Says what storing the file would do. Changes nothing and asks the store nothing.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.FileNotFound"/>, <see cref="ErrorKind.IsAFolder"/>,
    /// <see cref="ErrorKind.ReservedKey"/> or <see cref="ErrorKind.InvalidArgument"/>.</exception>
    public PutObjectPlan Plan(PutObjectRequest request)
    {
        var file = FileOf(request);
        return PlanFor(request, file, DestinationNaming.ForUpload(Path.GetFileName(file.FullPath), request.Destination));
    }

    /// <summary>The same with the destination as it stands, whatever it ends in.</summary>
    internal PutObjectPlan PlanExactly(PutObjectRequest request) => PlanFor(request, FileOf(request), request.Destination);

    /// <summary>The same for content that is no local file: <paramref name="file"/> says what messages call it.</summary>
    internal PutObjectPlan PlanFor(PutObjectRequest request, LocalFile file, S3Uri target)
    {
        if (request.MaxRatio is < 0 or > 1 or double.NaN)
            throw Fail.InvalidArgument(request.SourcePath, $"The greatest ratio of a delta to its file is {request.MaxRatio}.", "Give a number from 0 to 1.");
        if (target.Bucket.Length == 0) throw Fail.InvalidArgument(target.ToString(), "The destination names no bucket.", "Write it as s3://bucket/key.");
        if (ReservedKeys.WhyReserved(target.Key) is { } why) throw Fail.ReservedKey(target, why);

        var (tryDelta, reason) = Decide(request, target, file);
        return new PutObjectPlan(request, file.FullPath, target, file.Length, tryDelta, reason);
    }

    /// <summary>
    /// Stores the file. Of several files that are the first of their deltaspace the one becomes the reference for which this
    /// was called first.
    /// </summary>
    public ValueTask<PutObjectResult> RunAsync(PutObjectPlan plan, IProgressSink? progress, CancellationToken cancellationToken) =>
        RunAsync(plan, () => ReadAsync(plan, progress, cancellationToken), progress, cancellationToken);

    /// <summary>Stores what <paramref name="read"/> gives.</summary>
    internal ValueTask<PutObjectResult> RunAsync(PutObjectPlan plan, Func<ValueTask<SourceFile>> read, IProgressSink? progress, CancellationToken cancellationToken) =>
        Operation.RunAsync("put", plan.Target, async operation =>
        {
            // Before anything else, so that of several first files of a deltaspace the one that came first becomes the reference.
            using var place = plan.TryDelta ? _delta.Enter(plan.Target) : null;
            await Task.Yield();
            var source = await read().ConfigureAwait(false);
            _direct.EnsureFits(plan.Target, source);
            var result = await StoreAsync(plan, source, place, progress, cancellationToken).ConfigureAwait(false);
            operation.Tell("storage", Measures.NameOf(result.Storage));
            operation.Tell("size", result.Size);
            operation.Tell("stored_size", result.StoredSize);
            operation.Tell("reference_size", result.ReferenceSize);
            Measures.Stored(result);
            return result;
        });

    private async ValueTask<PutObjectResult> StoreAsync(
        PutObjectPlan plan, SourceFile source, SpaceLine.Place? place, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var request = plan.Request;
        var outcome = place is not null
            ? await _delta.TryWriteAsync(
                plan.Target, source, place, request.MaxRatio ?? _policy.MaxRatio, request.Format ?? _policy.Format, request.StorageClass, progress, cancellationToken).ConfigureAwait(false)
            : null;
        var storage = outcome is null ? StorageKind.Direct : StorageKind.Delta;
        outcome ??= await _direct.WriteAsync(plan.Target, source, request.StorageClass, progress, cancellationToken).ConfigureAwait(false);
        Stored(plan.Target, storage, source.Digest.Length, outcome.Stored.Size);
        return new PutObjectResult(
            plan.Target, plan.SourcePath, storage, source.Digest.Length, outcome.Stored.Size, outcome.ReferenceBytes, source.Digest.Sha256, outcome.EncodeTime);
    }

    private LocalFile FileOf(PutObjectRequest request)
    {
        var file = _files.Find(request.SourcePath) ?? throw Fail.FileNotFound(request.SourcePath);
        return file.IsFolder ? throw Fail.IsAFolder(file.FullPath) : file;
    }

    /// <summary>True for a name that is worth a delta, and so may become a reference.</summary>
    internal bool IsEligible(S3Uri target) => Eligibility.IsEligible(target.Name, _policy);

    private (bool TryDelta, string Reason) Decide(PutObjectRequest request, S3Uri target, LocalFile file) =>
        request.NoDelta ? (false, "whole, as asked")
        : file.Length == 0 ? (false, "whole, it is empty")
        : !IsEligible(target) ? (false, "whole, its name is not that of an archive")
        : !StoreLimits.HasRoomForDelta(target) ? (false, "whole, its key is too long for a delta's")
        : (true, "as a delta where that is worth it");

    private async ValueTask<SourceFile> ReadAsync(PutObjectPlan plan, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var file = _files.Find(plan.SourcePath) ?? throw Fail.FileNotFound(plan.SourcePath);
        var content = _files.Read(plan.SourcePath);
        Action<long>? report = progress is null
            ? null
            : done => progress.Report(new ByteProgress(WorkPhase.Hashing, plan.SourcePath, done, content.Length));
        var digest = await ContentHasher.HashAsync(content, report, cancellationToken).ConfigureAwait(false);
        var facts = new FileFacts(file.Modified, plan.Request.Metadata);
        var contentType = plan.Request.ContentType ?? ContentTypes.Of(plan.Target.Name);
        return new SourceFile(file, content, digest, facts, contentType);
    }

    [LoggerMessage(110, LogLevel.Information, "{Uri} stored as {Storage}: {Size} bytes in {StoredSize}.")]
    private partial void Stored(S3Uri uri, StorageKind storage, long size, long storedSize);
}
