using System.Collections.Immutable;

namespace DeltaGlider.Core.Model;

/// <summary>What to grant: a canned list, or grants one by one; never both.</summary>
/// <param name="Canned">A name that S3 knows a list by, such as <c>private</c> or <c>public-read</c>; null for <paramref name="Grants"/>.</param>
/// <param name="Grants">The grants.</param>
public sealed record AclChange(string? Canned, ImmutableArray<AclGrant> Grants)
{
    /// <summary>The canned lists that a bucket can have.</summary>
    public static ImmutableArray<string> CannedNames { get; } = ["private", "public-read", "public-read-write", "authenticated-read"];

    /// <summary>In words.</summary>
    public override string ToString() => Canned ?? string.Join(", ", Grants.Select(grant => $"{grant.Right} to {grant.Grantee}"));
}
