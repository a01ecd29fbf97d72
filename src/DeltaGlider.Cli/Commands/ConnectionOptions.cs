using System.CommandLine;

namespace DeltaGlider.Cli.Commands;

/// <summary>
/// The options that say which store is meant. Credentials are no options: a command line can be read by every user of the
/// machine. They come from the environment or a profile.
/// </summary>
internal sealed class ConnectionOptions
{
    private readonly Option<string?> _endpoint = new("--endpoint-url")
    {
        Description = "The store's address; file:///folder is a local folder that behaves as buckets.",
        HelpName = "url",
    };

    private readonly Option<string?> _profile = new("--profile") { Description = "The profile to take credentials and settings from.", HelpName = "name" };

    private readonly Option<string?> _region = new("--region") { Description = "The region of the store.", HelpName = "region" };

    /// <summary>Adds the options to a command.</summary>
    public ConnectionOptions AddTo(Command command)
    {
        command.Add(_endpoint);
        command.Add(_profile);
        command.Add(_region);
        return this;
    }

    /// <summary>What a command line says.</summary>
    public Connection Read(ParseResult parsed) => new(parsed.GetValue(_endpoint), parsed.GetValue(_profile), parsed.GetValue(_region));
}
