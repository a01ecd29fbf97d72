using System.Management.Automation;

namespace DeltaGlider.PowerShell.Tests;

public sealed class CommandSurfaceTests
{
    private static readonly string[] Connection =
    [
        "AccessKey String (AK)",
        "Credential Object",
        "EndpointUrl String",
        "ProfileLocation String (AWSProfilesLocation,ProfilesLocation)",
        "ProfileName String (StoredCredentials,AWSProfileName)",
        "Region String (RegionToCall)",
        "SecretKey String (SK,SecretAccessKey)",
        "SessionToken String (ST)",
        "ThrottleLimit Int32 (ConcurrentServiceRequest)",
    ];

    private static readonly string[] Completed = ["Uri", "Path", "Destination", "Bucket", "ProfileName", "Region"];

    private static readonly string[] Transfer =
    [
        "ContentType String",
        "DeltaFormat String",
        "Exclude String[]",
        "FollowSymlink SwitchParameter",
        "Include String[]",
        "MaxRatio Double?",
        "Metadata IDictionary",
        "NoDelta SwitchParameter",
        "ServerSideEncryption String",
        "ServerSideEncryptionKeyManagementServiceKeyId String (SSEKMSKeyId)",
        "SourceAccessKey String",
        "SourceCredential Object",
        "SourceEndpointUrl String",
        "SourceProfileName String",
        "SourceRegion String",
        "SourceSecretKey String",
        "SourceSessionToken String",
        "StorageClass String",
    ];

    public static TheoryData<string> Names => [.. Surface.Commands.Select(Surface.NameOf)];

    [Fact]
    public void The_commands_are_these() =>
        Assert.Equal([
            "Clear-DGTempObject", "Copy-DGObject", "Get-DGBucketAcl", "Get-DGBucketStats", "Get-DGObject", "New-DGBucket",
            "New-DGPresignedUrl", "Optimize-DGDeltaSpace", "Remove-DGBucket", "Remove-DGObject", "Set-DGBucketAcl", "Sync-DGFolder", "Test-DGDelta",
        ],
        Surface.Commands.Select(Surface.NameOf));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_command_is_sealed_and_its_verb_is_approved(string name)
    {
        var approved = new[] { typeof(VerbsCommon), typeof(VerbsData), typeof(VerbsDiagnostic), typeof(VerbsLifecycle), typeof(VerbsCommunications), typeof(VerbsSecurity), typeof(VerbsOther) }
            .SelectMany(verbs => verbs.GetFields())
            .Select(field => field.GetRawConstantValue());

        Assert.True(Surface.Command(name).IsSealed);
        Assert.Contains(name.Split('-')[0], approved);
        Assert.StartsWith("DG", name.Split('-')[1], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_command_has_the_connection_parameters_of_AWS_Tools(string name) =>
        Assert.Equal(Connection, Described(name).Intersect(Connection));

    [Theory]
    [MemberData(nameof(Names))]
    public void What_can_be_completed_is_completed(string name) => Assert.All(
        Surface.Parameters(Surface.Command(name)).Where(parameter => Completed.Any(end => parameter.Name.EndsWith(end, StringComparison.Ordinal))),
        parameter => Assert.True(Surface.Data<ArgumentCompleterAttribute>(parameter).Any(), parameter.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_command_says_what_it_puts_out(string name)
    {
        var output = Surface.Data<OutputTypeAttribute>(Surface.Command(name)).Single().ConstructorArguments[0].Value;
        var types = ((IReadOnlyCollection<System.Reflection.CustomAttributeTypedArgument>)output!).Select(argument => (Type)argument.Value!).ToList();

        Assert.NotEmpty(types);
        Assert.All(types, type => Assert.Equal(("DeltaGlider", true), (type.Namespace, type.IsPublic)));
    }

    [Theory]
    [InlineData("Copy-DGObject", true, null)]
    [InlineData("Clear-DGTempObject", true, null)]
    [InlineData("Get-DGBucketAcl", false, null)]
    [InlineData("New-DGBucket", true, null)]
    [InlineData("New-DGPresignedUrl", true, null)]
    [InlineData("Remove-DGBucket", true, ConfirmImpact.High)]
    [InlineData("Set-DGBucketAcl", true, null)]
    [InlineData("Get-DGBucketStats", true, ConfirmImpact.Low)]
    [InlineData("Get-DGObject", false, null)]
    [InlineData("Optimize-DGDeltaSpace", true, ConfirmImpact.High)]
    [InlineData("Remove-DGObject", true, ConfirmImpact.High)]
    [InlineData("Sync-DGFolder", true, ConfirmImpact.High)]
    [InlineData("Test-DGDelta", true, null)]
    public void Whatever_changes_something_asks_first(string name, bool asks, ConfirmImpact? impact)
    {
        var cmdlet = Surface.Data<CmdletAttribute>(Surface.Command(name)).Single();

        Assert.Equal(asks, Surface.Named<bool>(cmdlet, "SupportsShouldProcess"));
        Assert.Equal((int)(impact ?? 0), Surface.Named<int>(cmdlet, "ConfirmImpact"));
    }

    [Fact]
    public void Copy_takes_these_parameters() => Assert.Equal(
        [
            "Destination String @1 mandatory",
            "Force SwitchParameter",
            "LiteralPath: LiteralPath String[] mandatory byname (PSPath,LP,Uri)",
            "Path: Path String[] @0 mandatory pipeline byname",
            "Recurse SwitchParameter",
        ],
        Own("Copy-DGObject").Except(Transfer));

    [Theory]
    [InlineData("Copy-DGObject")]
    [InlineData("Sync-DGFolder")]
    public void What_stores_files_takes_the_parameters_that_say_how(string name) =>
        Assert.Equal(Transfer, Described(name).Intersect(Transfer));

    [Fact]
    public void Sync_takes_these_parameters() => Assert.Equal(
        [
            "Checksum SwitchParameter",
            "Delete SwitchParameter",
            "Destination String @1 mandatory",
            "ExactTimestamps SwitchParameter (ExactTimestamp)",
            "Force SwitchParameter",
            "MaxDelete Int64?",
            "Path String @0 mandatory (Source,LiteralPath)",
            "SizeOnly SwitchParameter",
        ],
        Own("Sync-DGFolder").Except(Transfer));

    [Fact]
    public void Get_takes_these_parameters() => Assert.Equal(
        ["First Int32?", "Recurse SwitchParameter", "Uri String[] @0 pipeline byname"],
        Own("Get-DGObject"));

    [Fact]
    public void Optimize_takes_these_parameters() => Assert.Equal(
        ["Force SwitchParameter", "MaxRatio Double?", "MinSaving Double", "SampleSize Int32", "Uri String[] @0 mandatory pipeline byname"],
        Own("Optimize-DGDeltaSpace"));

    [Fact]
    public void Stats_takes_these_parameters() => Assert.Equal(
        [
            "ByDeltaSpace SwitchParameter",
            "Mode DGStatsMode",
            "NoCache SwitchParameter",
            "OutHtml String",
            "Refresh SwitchParameter",
            "Uri String[] @0 mandatory pipeline byname",
        ],
        Own("Get-DGBucketStats"));

    [Fact]
    public void The_commands_of_housekeeping_take_these_parameters()
    {
        const string Bucket = "Bucket String[] @0 mandatory pipeline byname (Uri)";
        Assert.Equal([Bucket, "OlderThan TimeSpan"], Own("Clear-DGTempObject"));
        Assert.Equal([Bucket], Own("Get-DGBucketAcl"));
        Assert.Equal([Bucket], Own("New-DGBucket"));
        Assert.Equal([Bucket, "Force SwitchParameter"], Own("Remove-DGBucket"));
        Assert.Equal(["Expires TimeSpan", "Uri String[] @0 mandatory pipeline byname", "Verify SwitchParameter"], Own("New-DGPresignedUrl"));
        Assert.Equal(
            [
                Bucket,
                "Canned: Acl String @1 mandatory",
                "Grants: GrantFullControl String[]",
                "Grants: GrantRead String[]",
                "Grants: GrantReadAcp String[]",
                "Grants: GrantWrite String[]",
                "Grants: GrantWriteAcp String[]",
            ],
            Own("Set-DGBucketAcl"));
    }

    [Fact]
    public void Remove_takes_these_parameters() => Assert.Equal(
        ["Force SwitchParameter", "IncludeDependents SwitchParameter", "Uri String[] @0 mandatory pipeline byname"],
        Own("Remove-DGObject"));

    [Fact]
    public void Test_takes_these_parameters() => Assert.Equal(
        ["Recurse SwitchParameter", "RemoveOrphans SwitchParameter", "Repair SwitchParameter", "Uri String[] @0 mandatory pipeline byname"],
        Own("Test-DGDelta"));

    private static IEnumerable<string> Own(string name) => Described(name).Except(Connection);

    private static IEnumerable<string> Described(string name) =>
        Surface.Parameters(Surface.Command(name)).Select(Surface.Describe).Order(StringComparer.Ordinal);
}
