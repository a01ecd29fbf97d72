namespace DeltaGlider.Core.Model;

/// <summary>Something granted to somebody.</summary>
/// <param name="Kind">What <paramref name="Grantee"/> is.</param>
/// <param name="Grantee">A canonical user id, a group's URI or an e-mail address.</param>
/// <param name="Right">What is granted.</param>
public sealed record AclGrant(AclGranteeKind Kind, string Grantee, AclRight Right)
{
    /// <summary>The grantee's name, where the store tells.</summary>
    public string? Name { get; init; }
}
