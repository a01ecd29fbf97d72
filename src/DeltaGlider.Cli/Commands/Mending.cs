using DeltaGlider.Core.Model;

namespace DeltaGlider.Cli.Commands;

/// <summary>Mends what verifying has found, as far as the command line asks for it.</summary>
/// <param name="session">The store.</param>
/// <param name="host">Where it is told.</param>
/// <param name="repair">Mend what can be mended.</param>
/// <param name="removeOrphans">Remove references that nothing needs.</param>
/// <param name="dryRun">Only say so.</param>
internal sealed class Mending(Session session, Host host, bool repair, bool removeOrphans, bool dryRun)
{
    /// <summary>The result after mending, or the same where there is nothing to do.</summary>
    public ValueTask<VerifyObjectResult> TryAsync(VerifyObjectResult found, CancellationToken cancellationToken) =>
        repair || (removeOrphans && found.Finding == VerifyFinding.OrphanReference)
            ? session.UseCases.Repair.TryAsync(found, removeOrphans, AskAsync, cancellationToken)
            : ValueTask.FromResult(found);

    private async ValueTask<bool> AskAsync(RepairPlan plan, CancellationToken cancellationToken)
    {
        if (dryRun) await host.Out.WriteLineAsync($"(dryrun) {plan}").ConfigureAwait(false);
        return !dryRun;
    }
}
