using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using DeltaGlider.Base;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Rules;

namespace DeltaGlider.Commands;

/// <summary>
/// Says who may do what with a bucket, in place of whatever was said before: by a canned list, or grant by grant, each
/// grantee as id=…, uri=… or emailaddress=….
/// </summary>
[Cmdlet(VerbsCommon.Set, "DGBucketAcl", DefaultParameterSetName = Canned, SupportsShouldProcess = true)]
[OutputType(typeof(DGBucketGrant))]
[SuppressMessage("Performance", "CA1819", Justification = "Parameters that take several values are arrays.")]
public sealed class SetDGBucketAclCommand : BucketCommand
{
    private const string Canned = "Canned";
    private const string Granted = "Grants";

    /// <summary>A canned list.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = Canned)]
    [ValidateSet("private", "public-read", "public-read-write", "authenticated-read")]
    public string? Acl { get; set; }

    /// <summary>Who may do everything.</summary>
    [Parameter(ParameterSetName = Granted)]
    public string[] GrantFullControl { get; set; } = [];

    /// <summary>Who may list objects.</summary>
    [Parameter(ParameterSetName = Granted)]
    public string[] GrantRead { get; set; } = [];

    /// <summary>Who may read the grants.</summary>
    [Parameter(ParameterSetName = Granted)]
    public string[] GrantReadAcp { get; set; } = [];

    /// <summary>Who may create, replace and remove objects.</summary>
    [Parameter(ParameterSetName = Granted)]
    public string[] GrantWrite { get; set; } = [];

    /// <summary>Who may change the grants.</summary>
    [Parameter(ParameterSetName = Granted)]
    public string[] GrantWriteAcp { get; set; } = [];

    /// <inheritdoc/>
    private protected override async Task HandleAsync(S3Uri bucket, CancellationToken cancellationToken)
    {
        var grants = Grants(GrantFullControl, AclRight.FullControl)
            .Concat(Grants(GrantRead, AclRight.Read))
            .Concat(Grants(GrantReadAcp, AclRight.ReadAcp))
            .Concat(Grants(GrantWrite, AclRight.Write))
            .Concat(Grants(GrantWriteAcp, AclRight.WriteAcp));
        var change = AclText.Check(bucket, new AclChange(Acl, [.. grants]));
        if (!await ShouldGoOnAsync($"grant on {bucket}: {change}", cancellationToken).ConfigureAwait(false)) return;
        await Root.Care.SetAclAsync(bucket.Bucket, change, cancellationToken).ConfigureAwait(false);
        await EmitGrantsAsync(bucket, cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<AclGrant> Grants(string[] grantees, AclRight right) => grantees.Select(grantee => AclText.ParseGrant(grantee, right));
}
