using System.CommandLine;

namespace DeltaGlider.Cli.Commands;

/// <summary>From S3 to S3: the options that say which store the source is in, where it is another one.</summary>
internal sealed class SourceOptions
{
    private readonly Option<string?> _endpoint = new("--source-endpoint-url") { Description = "The address of the store that the source is in.", HelpName = "url" };

    private readonly Option<string?> _profile = new("--source-profile") { Description = "The profile with the credentials for the source.", HelpName = "name" };

    private readonly Option<string?> _region = new("--source-region") { Description = "The source's region.", HelpName = "region" };

    /// <summary>Adds the options to a command.</summary>
    public SourceOptions AddTo(Command command)
    {
        command.Add(_endpoint);
        command.Add(_profile);
        command.Add(_region);
        return this;
    }

    /// <summary>The source's store; null where it is the destination's. What is not said is as for the destination.</summary>
    public Connection? Read(ParseResult parsed, Connection destination)
    {
        var (endpoint, profile, region) = (parsed.GetValue(_endpoint), parsed.GetValue(_profile), parsed.GetValue(_region));
        return endpoint is null && profile is null && region is null
            ? null
            : new Connection(endpoint ?? destination.EndpointUrl, profile ?? destination.Profile, region ?? destination.Region);
    }
}
