using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.TestKit;

/// <content>What a store offers besides keeping objects.</content>
public sealed partial class MemoryStore
{
    private const string Everybody = "http://acs.amazonaws.com/groups/global/AllUsers";
    private const string KnownUsers = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";

    /// <summary>Plants an upload that nobody goes on with.</summary>
    public PendingUpload BeginUpload(S3Uri uri, DateTimeOffset? begunAt = null)
    {
        var upload = new PendingUpload(uri, Guid.NewGuid().ToString("n"), begunAt ?? _time.GetUtcNow());
        lock (_gate) Need(uri).Uploads.Add(upload);
        return upload;
    }

    public async IAsyncEnumerable<PendingUpload> ListUploadsAsync(string bucket, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        ImmutableArray<PendingUpload> uploads;
        lock (_gate) uploads = [.. Need(new S3Uri(bucket, "")).Uploads];
        foreach (var upload in uploads)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return upload;
        }
    }

    public ValueTask<bool> AbortUploadAsync(PendingUpload upload, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate) Need(upload.Uri).Uploads.RemoveAll(one => one.Id == upload.Id);
        return ValueTask.FromResult(true);
    }

    public ValueTask<Uri> PresignAsync(PresignRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new Uri($"https://memory.invalid/{request.Uri.Bucket}/{Uri.EscapeDataString(request.Uri.Key)}?seconds={request.Expires.TotalSeconds:0}&name={Uri.EscapeDataString(request.FileName ?? "")}"));

    public ValueTask DeleteBucketAsync(string bucket, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var uri = new S3Uri(bucket, "");
        lock (_gate)
        {
            if (Need(uri).Objects.Count > 0) throw Fail.BucketNotEmpty(uri);
            _buckets.Remove(bucket);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<BucketAcl> GetAclAsync(string bucket, CancellationToken cancellationToken)
    {
        lock (_gate) return ValueTask.FromResult(Need(new S3Uri(bucket, "")).Acl);
    }

    public ValueTask SetAclAsync(string bucket, AclChange change, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var held = Need(new S3Uri(bucket, ""));
            var own = new AclGrant(AclGranteeKind.User, held.Acl.OwnerId, AclRight.FullControl);
            held.Acl = held.Acl with { Grants = change.Canned is null ? change.Grants : [own, .. Canned(change.Canned)] };
        }

        return ValueTask.CompletedTask;
    }

    private static IEnumerable<AclGrant> Canned(string name) => name switch
    {
        "public-read" => [new(AclGranteeKind.Group, Everybody, AclRight.Read)],
        "public-read-write" => [new(AclGranteeKind.Group, Everybody, AclRight.Read), new(AclGranteeKind.Group, Everybody, AclRight.Write)],
        "authenticated-read" => [new(AclGranteeKind.Group, KnownUsers, AclRight.Read)],
        _ => [],
    };
}
