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
public sealed class SetDGBucketAclCommand : ConnectedCommand
{
    private const string Canned = "Canned";
    private const string Granted = "Grants";

    /// <summary>The bucket.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Uri")]
    [ValidateNotNullOrEmpty]
    public string[] Bucket { get; set; } = [];

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
    private protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (var text in Bucket)
            await EachAsync(text, () => SetAsync(BucketName.Parse(text), cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task SetAsync(S3Uri bucket, CancellationToken cancellationToken)
    {
        var grants = Grants(GrantFullControl, AclRight.FullControl)
            .Concat(Grants(GrantRead, AclRight.Read))
            .Concat(Grants(GrantReadAcp, AclRight.ReadAcp))
            .Concat(Grants(GrantWrite, AclRight.Write))
            .Concat(Grants(GrantWriteAcp, AclRight.WriteAcp));
        var change = AclText.Check(bucket, new AclChange(Acl, [.. grants]));
        if (!await ShouldGoOnAsync($"grant on {bucket}: {change}", cancellationToken).ConfigureAwait(false)) return;
        await Root.Care.SetAclAsync(bucket.Bucket, change, cancellationToken).ConfigureAwait(false);
        var acl = await Root.Care.GetAclAsync(bucket.Bucket, cancellationToken).ConfigureAwait(false);
        foreach (var grant in acl.ToOutput(bucket)) await EmitAsync(grant, cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<AclGrant> Grants(string[] grantees, AclRight right) => grantees.Select(grantee => AclText.ParseGrant(grantee, right));
}
