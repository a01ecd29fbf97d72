using System.Collections.Immutable;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Adapters.S3;

/// <summary>Buckets themselves, and who may do what with them.</summary>
internal sealed class S3Buckets(S3Client client)
{
    /// <summary>Removes an empty bucket.</summary>
    public async ValueTask DeleteAsync(string bucket, CancellationToken cancellationToken)
    {
        var uri = new S3Uri(bucket, "");
        try
        {
            await client.AskBucketAsync(uri, s3 => s3.DeleteBucketAsync(new DeleteBucketRequest { BucketName = bucket }, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (DeltaGliderException e) when (e.InnerException is AmazonServiceException { ErrorCode: "BucketNotEmpty" })
        {
            throw Fail.BucketNotEmpty(uri, e.InnerException);
        }
    }

    /// <summary>The grants.</summary>
    public async ValueTask<BucketAcl> GetAclAsync(string bucket, CancellationToken cancellationToken)
    {
        var uri = new S3Uri(bucket, "");
        var acl = await client.AskBucketAsync(uri, s3 => s3.GetBucketAclAsync(new GetBucketAclRequest { BucketName = bucket }, cancellationToken), cancellationToken).ConfigureAwait(false);
        return new BucketAcl(acl.Owner?.Id ?? "", acl.Owner?.DisplayName, [.. (acl.Grants ?? []).Select(Describe)]);
    }

    /// <summary>Sets the grants.</summary>
    public async ValueTask SetAclAsync(string bucket, AclChange change, CancellationToken cancellationToken)
    {
        var uri = new S3Uri(bucket, "");
        var request = new PutBucketAclRequest { BucketName = bucket };
        if (change.Canned is not null)
        {
            request.ACL = new S3CannedACL(change.Canned);
        }
        else
        {
            request.GrantFullControl = Header(change.Grants, AclRight.FullControl);
            request.GrantRead = Header(change.Grants, AclRight.Read);
            request.GrantReadACP = Header(change.Grants, AclRight.ReadAcp);
            request.GrantWrite = Header(change.Grants, AclRight.Write);
            request.GrantWriteACP = Header(change.Grants, AclRight.WriteAcp);
        }

        await client.AskBucketAsync(uri, s3 => s3.PutBucketAclAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private static AclGrant Describe(S3Grant grant)
    {
        var (kind, grantee) = grant.Grantee switch
        {
            { URI: { Length: > 0 } uri } => (AclGranteeKind.Group, uri),
            { EmailAddress: { Length: > 0 } email } => (AclGranteeKind.Email, email),
            var user => (AclGranteeKind.User, user?.CanonicalUser ?? ""),
        };
        var right = grant.Permission?.Value switch
        {
            "READ" => AclRight.Read,
            "READ_ACP" => AclRight.ReadAcp,
            "WRITE" => AclRight.Write,
            "WRITE_ACP" => AclRight.WriteAcp,
            _ => AclRight.FullControl,
        };
        return new AclGrant(kind, grantee, right) { Name = string.IsNullOrEmpty(grant.Grantee?.DisplayName) ? null : grant.Grantee.DisplayName };
    }

    // https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html: id="…", uri="…", emailAddress="…", with commas between.
    private static string? Header(ImmutableArray<AclGrant> grants, AclRight right)
    {
        var names = grants.Where(grant => grant.Right == right).Select(grant => grant.Kind switch
        {
            AclGranteeKind.Group => $"uri=\"{grant.Grantee}\"",
            AclGranteeKind.Email => $"emailAddress=\"{grant.Grantee}\"",
            _ => $"id=\"{grant.Grantee}\"",
        }).ToList();
        return names.Count == 0 ? null : string.Join(", ", names);
    }
}
