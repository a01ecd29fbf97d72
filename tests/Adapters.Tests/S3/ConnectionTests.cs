using Amazon.Runtime;
using DeltaGlider.Adapters.Folder;
using DeltaGlider.Adapters.S3;
using DeltaGlider.Core.Errors;
using DeltaGlider.TestKit;

namespace DeltaGlider.Adapters.Tests.S3;

/// <summary>Where keys, region and endpoint come from. The environment is a dictionary, never the process's own.</summary>
public sealed class ConnectionTests : IDisposable
{
    private const string NoMetadata = "AWS_EC2_METADATA_DISABLED";
    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, string> _environment = new() { [NoMetadata] = "true" };

    public ConnectionTests()
    {
        File.WriteAllText(
            _folder["credentials"],
            """
            [default]
            aws_access_key_id = AKDEFAULT
            aws_secret_access_key = default-secret
            region = eu-west-1
            endpoint_url = http://default.example

            [work]
            aws_access_key_id = AKWORK
            aws_secret_access_key = work-secret
            aws_session_token = work-token
            region = eu-central-1

            [empty]
            region = eu-north-1
            """);
        File.WriteAllText(_folder["none"], "");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Keys_beat_everything()
    {
        _environment["AWS_ACCESS_KEY_ID"] = "AKENV";
        _environment["AWS_SECRET_ACCESS_KEY"] = "env-secret";
        var found = await CredentialsAsync(new S3ConnectionOptions { AccessKey = "AK", SecretKey = "s", SessionToken = "t", ProfileName = "work" });
        Assert.Equal(("AK", "s", "t"), (found.AccessKey, found.SecretKey, found.Token));
    }

    [Fact]
    public async Task The_profile_asked_for_beats_credentials_handed_over_and_the_environment()
    {
        _environment["AWS_ACCESS_KEY_ID"] = "AKENV";
        _environment["AWS_SECRET_ACCESS_KEY"] = "env-secret";
        var options = new S3ConnectionOptions { ProfileName = "work", Credentials = new BasicAWSCredentials("AKHAND", "s") };
        Assert.Equal(("AKWORK", "work-token"), (await CredentialsAsync(options) is var found ? found.AccessKey : "", found.Token));
        Assert.Equal("AKHAND", (await CredentialsAsync(options with { ProfileName = null })).AccessKey);
        Assert.Equal("AKENV", (await CredentialsAsync(new S3ConnectionOptions())).AccessKey);
    }

    [Fact]
    public async Task The_default_profile_is_the_one_the_environment_names()
    {
        Assert.Equal("AKDEFAULT", (await CredentialsAsync(new S3ConnectionOptions())).AccessKey);
        _environment["AWS_PROFILE"] = "work";
        Assert.Equal("AKWORK", (await CredentialsAsync(new S3ConnectionOptions())).AccessKey);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("empty")]
    public async Task A_profile_that_is_missing_or_empty_is_an_error_and_nothing_else_is_tried(string name)
    {
        _environment["AWS_ACCESS_KEY_ID"] = "AKENV";
        _environment["AWS_SECRET_ACCESS_KEY"] = "env-secret";
        var error = await Assert.ThrowsAsync<DeltaGliderException>(async () => await CredentialsAsync(new S3ConnectionOptions { ProfileName = name }));
        Assert.Equal(ErrorKind.NoCredentials, error.Kind);
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_credentials_every_place_is_named_and_no_value()
    {
        _environment["AWS_SECRET_ACCESS_KEY"] = "";
        var options = new S3ConnectionOptions { ProfileLocation = _folder["none"], EndpointUrl = "http://s3.example" };
        var error = await Assert.ThrowsAsync<DeltaGliderException>(async () => await Connector().ConnectAsync(options, Cancel));
        Assert.Equal(ErrorKind.NoCredentials, error.Kind);
        foreach (var place in new[] { "parameters", "AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE", "profile 'default'", "container", "instance" })
            Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Advice);
    }

    [Fact]
    public async Task The_places_that_a_front_end_has_looked_at_are_named_too()
    {
        var options = new S3ConnectionOptions { ProfileLocation = _folder["none"], CredentialsPlace = "-Here, $There", RegionPlace = "-Region; $Where" };
        var error = await Assert.ThrowsAsync<DeltaGliderException>(async () => await Connector().ConnectAsync(options, Cancel));
        Assert.Contains("-Here, $There (not given)", error.Message, StringComparison.Ordinal);

        error = await Assert.ThrowsAsync<DeltaGliderException>(async () => await Connector().ConnectAsync(options with { AccessKey = "a", SecretKey = "s" }, Cancel));
        Assert.Contains("-Region; $Where", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_credentials_are_from_is_told()
    {
        var options = new S3ConnectionOptions { Credentials = new BasicAWSCredentials("a", "s"), CredentialsPlace = "$There", EndpointUrl = "http://s3.example" };
        using var connection = await Connector().ConnectAsync(options, Cancel);
        Assert.EndsWith("credentials from $There", connection.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Profiles_and_regions_are_known_before_there_is_a_connection()
    {
        var options = new S3ConnectionOptions { ProfileLocation = _folder["credentials"] };
        // One that holds no credentials is of no use.
        Assert.Equal(["default", "work"], KnownNames.Profiles(options, _ => null));
        Assert.Contains(KnownNames.Regions(), region => region.Name == "eu-central-1");
    }

    [Fact]
    public async Task The_look_for_an_instance_is_given_up_quickly()
    {
        _environment.Remove(NoMetadata);
        // An address of a documentation network (RFC 5737): packets to it go nowhere.
        _environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = "http://192.0.2.1";
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var options = new S3ConnectionOptions { ProfileLocation = _folder["none"] };
        Assert.Equal(ErrorKind.NoCredentials, (await Assert.ThrowsAsync<DeltaGliderException>(async () => await Connector().ConnectAsync(options, Cancel))).Kind);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 5);
    }

    [Fact]
    public async Task Half_a_pair_of_keys_is_an_error()
    {
        Assert.Equal(ErrorKind.InvalidArgument, (await Assert.ThrowsAsync<DeltaGliderException>(async () => await CredentialsAsync(new S3ConnectionOptions { AccessKey = "AK" }))).Kind);
        _environment["AWS_SECRET_ACCESS_KEY"] = "hidden";
        var error = await Assert.ThrowsAsync<DeltaGliderException>(async () => await CredentialsAsync(new S3ConnectionOptions()));
        Assert.Contains("AWS_ACCESS_KEY_ID", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", error.FullText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Region_comes_from_parameter_profile_environment_in_that_order()
    {
        var none = new S3ConnectionOptions { ProfileLocation = _folder["none"] };
        Assert.Equal("us-east-1", await RegionAsync(none, customEndpoint: true));
        Assert.Equal(ErrorKind.InvalidArgument, (await Assert.ThrowsAsync<DeltaGliderException>(async () => await RegionAsync(none, customEndpoint: false))).Kind);
        _environment["AWS_DEFAULT_REGION"] = "ap-south-1";
        Assert.Equal("ap-south-1", await RegionAsync(none, customEndpoint: true));
        _environment["AWS_REGION"] = "ap-east-1";
        Assert.Equal("ap-east-1", await RegionAsync(none, customEndpoint: false));
        Assert.Equal("eu-west-1", await RegionAsync(new S3ConnectionOptions { ProfileLocation = _folder["credentials"] }, false));
        Assert.Equal("eu-central-1", await RegionAsync(new S3ConnectionOptions { ProfileLocation = _folder["credentials"], ProfileName = "work" }, false));
        Assert.Equal("sa-east-1", await RegionAsync(none with { Region = "sa-east-1" }, false));
    }

    [Fact]
    public void Endpoint_comes_from_parameter_environment_profile_in_that_order()
    {
        var none = new S3ConnectionOptions { ProfileLocation = _folder["none"] };
        Assert.Null(Endpoint(none));
        Assert.Equal("http://default.example/", Endpoint(new S3ConnectionOptions { ProfileLocation = _folder["credentials"] })?.ToString());
        _environment["AWS_ENDPOINT_URL"] = "http://all.example";
        Assert.Equal("http://all.example/", Endpoint(none)?.ToString());
        _environment["AWS_ENDPOINT_URL_S3"] = "http://s3.example";
        Assert.Equal("http://s3.example/", Endpoint(none)?.ToString());
        Assert.Equal("https://mine.example/", Endpoint(none with { EndpointUrl = "https://mine.example" })?.ToString());
    }

    [Theory]
    [InlineData("mine.example")]
    [InlineData("localhost:9000")]
    [InlineData("ftp://mine.example")]
    [InlineData("/folder")]
    [InlineData("http://")]
    public void A_bad_endpoint_is_named_with_its_place(string url)
    {
        _environment["AWS_ENDPOINT_URL_S3"] = url;
        var error = Assert.Throws<DeltaGliderException>(() => Endpoint(new S3ConnectionOptions()));
        Assert.Equal(ErrorKind.InvalidArgument, error.Kind);
        Assert.Contains("AWS_ENDPOINT_URL_S3", error.Message, StringComparison.Ordinal);
        Assert.Contains(url, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_endpoint_is_a_folder_store_and_needs_no_credentials()
    {
        var root = _folder["a store with spaces"];
        using var connection = await Connector().ConnectAsync(new S3ConnectionOptions { EndpointUrl = new Uri(root).AbsoluteUri, ProfileLocation = _folder["none"] }, Cancel);
        Assert.IsType<FolderStore>(connection.Store);
        await connection.Store.CreateBucketAsync("bucket", Cancel);
        Assert.True(Directory.Exists(Path.Combine(root, "bucket")));
    }

    [Fact]
    public void Options_print_no_secret()
    {
        var text = new S3ConnectionOptions { AccessKey = "AKVISIBLE", SecretKey = "hidden", SessionToken = "hidden" }.ToString();
        Assert.DoesNotContain("hidden", text, StringComparison.Ordinal);
        Assert.DoesNotContain("AKVISIBLE", text, StringComparison.Ordinal);
    }

    private StoreConnector Connector() => new(_environment.GetValueOrDefault);

    private async Task<ImmutableCredentials> CredentialsAsync(S3ConnectionOptions options)
    {
        options = options with { ProfileLocation = options.ProfileLocation ?? _folder["credentials"] };
        using var instance = new InstanceMetadata(_environment.GetValueOrDefault);
        var resolver = new CredentialResolver(options, _environment.GetValueOrDefault, new ProfileFiles(options, _environment.GetValueOrDefault), instance);
        return await (await resolver.ResolveAsync(Cancel)).Credentials.GetCredentialsAsync();
    }

    private async Task<string> RegionAsync(S3ConnectionOptions options, bool customEndpoint)
    {
        using var instance = new InstanceMetadata(_environment.GetValueOrDefault);
        return await new EndpointResolver(options, _environment.GetValueOrDefault, new ProfileFiles(options, _environment.GetValueOrDefault), instance).RegionAsync(customEndpoint, Cancel);
    }

    private Uri? Endpoint(S3ConnectionOptions options)
    {
        using var instance = new InstanceMetadata(_environment.GetValueOrDefault);
        return new EndpointResolver(options, _environment.GetValueOrDefault, new ProfileFiles(options, _environment.GetValueOrDefault), instance).Endpoint();
    }
}
