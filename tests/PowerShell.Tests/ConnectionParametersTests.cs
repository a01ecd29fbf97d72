using Amazon;
using Amazon.Runtime;
using DeltaGlider.Adapters.S3;
using DeltaGlider.Core.Errors;
using DeltaGlider.Credentials;

namespace DeltaGlider.PowerShell.Tests;

public sealed class ConnectionParametersTests
{
    private readonly Dictionary<string, object> _given = [];
    private readonly Dictionary<string, object> _variables = [];

    [Fact]
    public void What_is_given_is_taken_over()
    {
        foreach (var name in new[] { "AccessKey", "SecretKey", "SessionToken", "ProfileName", "ProfileLocation", "Region", "EndpointUrl" }) _given[name] = name.ToLowerInvariant();

        var options = Read();

        Assert.Equal(("accesskey", "secretkey", "sessiontoken"), (options.AccessKey, options.SecretKey, options.SessionToken));
        Assert.Equal(("profilename", "profilelocation", "region", "endpointurl"), (options.ProfileName, options.ProfileLocation, options.Region, options.EndpointUrl));
    }

    [Fact]
    public void Credentials_of_the_session_are_taken_where_none_are_given()
    {
        _variables["StoredAWSCredentials"] = new BasicAWSCredentials("AKSESSION", "s");
        Assert.Equal(("AKSESSION", "$StoredAWSCredentials"), (Key(Read()), Read().CredentialsPlace));

        _given["Credential"] = new BasicAWSCredentials("AKGIVEN", "s");
        Assert.Equal(("AKGIVEN", "-Credential"), (Key(Read()), Read().CredentialsPlace));
    }

    [Theory]
    [InlineData("AccessKey")]
    [InlineData("ProfileName")]
    public void Behind_keys_and_a_profile_the_session_is_not_even_looked_at(string parameter)
    {
        _given[parameter] = "x";
        _variables["StoredAWSCredentials"] = 3;

        Assert.Null(Read().Credentials);
    }

    [Fact]
    public void Where_nothing_is_found_both_places_are_told()
    {
        Assert.Null(Read().Credentials);
        Assert.Equal("-Credential, $StoredAWSCredentials", Read().CredentialsPlace);
    }

    [Fact]
    public void The_region_of_the_session_is_text_or_a_region_of_some_SDK()
    {
        _variables["StoredAWSRegion"] = "eu-west-1";
        Assert.Equal("eu-west-1", Read().Region);

        _variables["StoredAWSRegion"] = RegionEndpoint.EUWest2;
        Assert.Equal("eu-west-2", Read().Region);

        _given["Region"] = "eu-west-3";
        Assert.Equal("eu-west-3", Read().Region);
    }

    [Theory]
    [InlineData("StoredAWSCredentials")]
    [InlineData("StoredAWSRegion")]
    public void What_is_of_no_use_is_an_error_with_its_place_and_type_and_not_its_value(string variable)
    {
        _variables[variable] = new Version(1, 2, 3, 4);

        var error = Assert.Throws<DeltaGliderException>(Read);

        Assert.Equal(ErrorKind.InvalidArgument, error.Kind);
        Assert.Contains($"${variable} is a System.Version", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("1.2.3.4", error.FullText, StringComparison.Ordinal);
    }

    private S3ConnectionOptions Read() => new ConnectionParameters(name => _given.GetValueOrDefault(name), name => _variables.GetValueOrDefault(name)).Read();

    private static string Key(S3ConnectionOptions options) => options.Credentials!.GetCredentials().AccessKey;
}
