using DeltaGlider.Core.Errors;

namespace DeltaGlider.Cli.Output;

/// <summary>Tells of transfers and removals in the AWS CLI's words.</summary>
/// <param name="host">Where to.</param>
/// <param name="verb"><c>upload</c>, <c>download</c> or <c>delete</c>.</param>
/// <param name="quiet">Errors only.</param>
/// <param name="dryRun">Nothing is done.</param>
internal sealed class TransferLines(Host host, string verb, bool quiet, bool dryRun)
{
    /// <summary>Runs one transfer and tells how it went.</summary>
    /// <param name="names">What it is about, should it fail.</param>
    /// <param name="transfer">Does it, and returns what it was about.</param>
    /// <returns>The exit code.</returns>
    public async ValueTask<int> RunAsync(string names, Func<ValueTask<string>> transfer)
    {
        try
        {
            Done(await transfer().ConfigureAwait(false));
            return ExitCodes.Done;
        }
        catch (DeltaGliderException e)
        {
            await host.Error.WriteLineAsync($"{verb} failed: {names} {e.FullText}").ConfigureAwait(false);
            return CommandTree.CodeOf(e);
        }
    }

    /// <summary>Tells of one that was done.</summary>
    public void Done(string names)
    {
        if (!quiet) host.Out.WriteLine($"{(dryRun ? "(dryrun) " : "")}{verb}: {names}");
    }
}
