namespace DeltaGlider;

/// <summary>Something that is granted on a bucket.</summary>
public sealed class DGBucketGrant
{
    /// <summary>The bucket.</summary>
    public string Bucket { get; init; } = "";

    /// <summary>The canonical user id of the bucket's owner.</summary>
    public string Owner { get; init; } = "";

    /// <summary>What is granted: FULL_CONTROL, READ, READ_ACP, WRITE or WRITE_ACP.</summary>
    public string Permission { get; init; } = "";

    /// <summary>How the grantee is named: User, Group or Email.</summary>
    public string GranteeType { get; init; } = "";

    /// <summary>To whom: a canonical user id, a group's URI or an e-mail address.</summary>
    public string Grantee { get; init; } = "";

    /// <summary>The grantee's name, where the store tells.</summary>
    public string? GranteeName { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Permission} to {GranteeName ?? Grantee}";
}
