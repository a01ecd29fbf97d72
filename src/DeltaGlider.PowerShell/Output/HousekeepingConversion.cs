using DeltaGlider.Core.Model;
using DeltaGlider.Core.Rules;

namespace DeltaGlider;

/// <summary>The results of housekeeping as what the pipeline gets.</summary>
internal static class HousekeepingConversion
{
    /// <summary>Something left in a bucket.</summary>
    public static DGTempObject ToOutput(this Leftover leftover, bool removed) => new()
    {
        Uri = leftover.Uri.ToString(),
        Kind = Enum.Parse<DGLeftover>(leftover.Kind.ToString()),
        Size = leftover.Size ?? 0,
        Since = leftover.Since.UtcDateTime,
        ExpiredAt = leftover.ExpiredAt?.UtcDateTime,
        UploadId = leftover.UploadId,
        Removed = removed,
    };

    /// <summary>A link.</summary>
    public static DGPresignedUrl ToOutput(this PresignResult result) => new()
    {
        Uri = result.Uri.ToString(),
        Url = result.Link.OriginalString,
        ExpiresAt = result.ExpiresAt.UtcDateTime,
        TemporaryUri = result.Target == result.Uri ? null : result.Target.ToString(),
        Size = result.Size,
        Sha256 = result.Sha256?.Hex,
        Verified = result.IsVerified,
    };

    /// <summary>Grants.</summary>
    public static IEnumerable<DGBucketGrant> ToOutput(this BucketAcl acl, S3Uri bucket) => acl.Grants.Select(grant => new DGBucketGrant
    {
        Bucket = bucket.Bucket,
        Owner = acl.OwnerId,
        Permission = AclText.NameOf(grant.Right),
        GranteeType = grant.Kind.ToString(),
        Grantee = grant.Grantee,
        GranteeName = grant.Name,
    });
}
