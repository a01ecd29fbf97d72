using System.CommandLine;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Cli.Commands;

/// <summary>The options of every command that deals with whole folders.</summary>
internal sealed class FolderOptions
{
    private readonly FilterOptions _filter = new();
    private readonly CopyOptions _storing = new();
    private readonly SourceOptions _source = new();
    private readonly ConnectionOptions _connection = new();
    private readonly Option<bool> _follow = new("--follow-symlinks") { Description = "Walk through symbolic links that stay within the folder, as is done anyway." };
    private readonly Option<bool> _noFollow = new("--no-follow-symlinks") { Description = "Pass over symbolic links." };

    /// <summary>Say what would be done, and do nothing.</summary>
    public Option<bool> DryRun { get; } = new("--dryrun") { Description = "Say what would be done, and do nothing." };

    /// <summary>Say nothing but errors.</summary>
    public Option<bool> Quiet { get; } = new("--quiet") { Description = "Say nothing but errors." };

    /// <summary>Show no progress.</summary>
    public Option<bool> NoProgress { get; } = new("--no-progress") { Description = "Show no progress." };

    /// <summary>How files are stored.</summary>
    public CopyOptions Storing => _storing;

    /// <summary>Adds the options to a command.</summary>
    public FolderOptions AddTo(Command command)
    {
        _filter.AddTo(command);
        command.Add(_follow);
        command.Add(_noFollow);
        command.Add(DryRun);
        command.Add(Quiet);
        command.Add(NoProgress);
        _storing.AddTo(command);
        _source.AddTo(command);
        _connection.AddTo(command);
        return this;
    }

    /// <summary>What a command line asks for, so far as it is common to all.</summary>
    public FolderRequest Read(ParseResult parsed, (string Source, string Destination) places) =>
        new(FolderRun.PlaceOf(places.Source), FolderRun.PlaceOf(places.Destination))
        {
            Filter = _filter.Read(parsed),
            FollowLinks = !parsed.GetValue(_noFollow),
            Storing = _storing.Read(parsed),
        };

    /// <summary>The store, or the destination's.</summary>
    public Connection Destination(ParseResult parsed) => _storing.Encrypted(parsed, _connection.Read(parsed));

    /// <summary>The source's store; null where it is the same one.</summary>
    public Connection? Source(ParseResult parsed) => _source.Read(parsed, _connection.Read(parsed));

    /// <summary>The run.</summary>
    public FolderRun Run(ParseResult parsed, Host host) =>
        new(host, Destination(parsed), Source(parsed), parsed.GetValue(DryRun), parsed.GetValue(Quiet), !parsed.GetValue(NoProgress));
}
