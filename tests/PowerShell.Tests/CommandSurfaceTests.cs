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

    public static TheoryData<string> Names => [.. Surface.Commands.Select(Surface.NameOf)];

    [Fact]
    public void The_commands_are_these() =>
        Assert.Equal(["Copy-DGObject", "Get-DGObject", "Remove-DGObject", "Test-DGDelta"], Surface.Commands.Select(Surface.NameOf));

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
    public void A_command_says_what_it_puts_out(string name)
    {
        var output = Surface.Data<OutputTypeAttribute>(Surface.Command(name)).Single().ConstructorArguments[0].Value;
        var type = (Type)Assert.Single((IReadOnlyCollection<System.Reflection.CustomAttributeTypedArgument>)output!).Value!;

        Assert.Equal("DeltaGlider", type.Namespace);
        Assert.True(type.IsPublic);
    }

    [Theory]
    [InlineData("Copy-DGObject", true, null)]
    [InlineData("Get-DGObject", false, null)]
    [InlineData("Remove-DGObject", true, ConfirmImpact.High)]
    [InlineData("Test-DGDelta", false, null)]
    public void Whatever_changes_something_asks_first(string name, bool asks, ConfirmImpact? impact)
    {
        var cmdlet = Surface.Data<CmdletAttribute>(Surface.Command(name)).Single();

        Assert.Equal(asks, Surface.Named<bool>(cmdlet, "SupportsShouldProcess"));
        Assert.Equal((int)(impact ?? 0), Surface.Named<int>(cmdlet, "ConfirmImpact"));
    }

    [Fact]
    public void Copy_takes_these_parameters() => Assert.Equal(
        [
            "ContentType String",
            "DeltaFormat String",
            "Destination String @1 mandatory",
            "Force SwitchParameter",
            "LiteralPath: LiteralPath String[] mandatory byname (PSPath,LP,Uri)",
            "MaxRatio Double?",
            "Metadata IDictionary",
            "NoDelta SwitchParameter",
            "Path: Path String[] @0 mandatory pipeline byname",
            "StorageClass String",
        ],
        Own("Copy-DGObject"));

    [Fact]
    public void Get_takes_these_parameters() => Assert.Equal(
        ["First Int32?", "Recurse SwitchParameter", "Uri String[] @0 pipeline byname"],
        Own("Get-DGObject"));

    [Fact]
    public void Remove_takes_these_parameters() => Assert.Equal(
        ["Force SwitchParameter", "IncludeDependents SwitchParameter", "Uri String[] @0 mandatory pipeline byname"],
        Own("Remove-DGObject"));

    [Fact]
    public void Test_takes_these_parameters() => Assert.Equal(
        ["Uri String[] @0 mandatory pipeline byname"],
        Own("Test-DGDelta"));

    private static IEnumerable<string> Own(string name) => Described(name).Except(Connection);

    private static IEnumerable<string> Described(string name) =>
        Surface.Parameters(Surface.Command(name)).Select(Surface.Describe).Order(StringComparer.Ordinal);
}
