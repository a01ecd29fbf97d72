using System.Collections.Immutable;

namespace DeltaGlider.Core.Model;

/// <summary>Who may do what with a bucket
/// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html).</summary>
/// <param name="OwnerId">The owner's canonical user id.</param>
/// <param name="OwnerName">The owner's name, where the store tells.</param>
/// <param name="Grants">What is granted to whom.</param>
public sealed record BucketAcl(string OwnerId, string? OwnerName, ImmutableArray<AclGrant> Grants);
