using System.CommandLine;
using System.CommandLine.Invocation;
using DeltaGlider.Cli.Commands;
using DeltaGlider.Core.Errors;

namespace DeltaGlider.Cli;

/// <summary>The command line as a whole: parses it, runs it, and turns whatever happens into an exit code.</summary>
internal static class CommandTree
{
    /// <summary>Runs one command line.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Host host, Interruption interruption)
    {
        // A file may be called "@a.zip": that is no list of arguments to read.
        var parsed = Build(host).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var error in parsed.Errors) await host.Error.WriteLineAsync($"deltaglider: {error.Message}").ConfigureAwait(false);
            var command = parsed.CommandResult.Command is RootCommand ? "" : $" {parsed.CommandResult.Command.Name}";
            await host.Error.WriteLineAsync($"See 'deltaglider{command} --help'.").ConfigureAwait(false);
            return ExitCodes.Usage;
        }

        try
        {
            var invocation = new InvocationConfiguration
            {
                Output = host.Out,
                Error = host.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(invocation, interruption.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            await host.Error.WriteLineAsync($"cancelled: {interruption.Reason}").ConfigureAwait(false);
            return interruption.ExitCode;
        }
        catch (DeltaGliderException e)
        {
            await host.Error.WriteLineAsync($"fatal error: {e.FullText}").ConfigureAwait(false);
            return CodeOf(e);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A defect: its stack is what a report needs, and no message of ours holds a secret.
            await host.Error.WriteLineAsync($"fatal error: {e}").ConfigureAwait(false);
            return ExitCodes.Failed;
        }
    }

    /// <summary>The exit code of an error.</summary>
    public static int CodeOf(DeltaGliderException error) =>
        error.Kind == ErrorKind.InvalidArgument ? ExitCodes.Usage : ExitCodes.Failed;

    private static RootCommand Build(Host host) => new("Stores successive versions of archives in S3 as deltas, and gives them back bit for bit.")
    {
        CopyCommand.Create(host),
        ListCommand.Create(host),
        MigrateCommand.Create(host),
        RemoveCommand.Create(host),
        StatsCommand.Create(host),
        SyncCommand.Create(host),
        VerifyCommand.Create(host),
        OptimizeCommand.Create(host),
        PurgeCommand.Create(host),
        PresignCommand.Create(host),
        BucketCommands.CreateMake(host),
        BucketCommands.CreateRemove(host),
        AclCommands.CreateGet(host),
        AclCommands.CreatePut(host),
    };
}
