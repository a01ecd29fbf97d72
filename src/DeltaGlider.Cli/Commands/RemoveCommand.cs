using System.CommandLine;
using DeltaGlider.Cli.Output;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Cli.Commands;

/// <summary><c>deltaglider rm s3://bucket/key</c>: removes an object.</summary>
internal static class RemoveCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var uri = new Argument<S3Uri>("uri") { Description = "s3://bucket/key.", CustomParser = UriArgument.ParseObject };
        var dependents = new Option<bool>("--include-dependents") { Description = "With a reference, remove every object that needs it too." };
        var dryRun = new Option<bool>("--dryrun") { Description = "Say what would be done, and do nothing." };
        var quiet = new Option<bool>("--quiet") { Description = "Say nothing but errors." };
        var command = new Command("rm", "Removes an object, and with the last delta of its deltaspace the reference.") { uri, dependents, dryRun, quiet };
        var connection = new ConnectionOptions().AddTo(command);

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var target = parsed.GetValue(uri);
            var report = new TransferLines(host, "delete", parsed.GetValue(quiet), parsed.GetValue(dryRun));
            return await report.RunAsync(target.ToString(), async () =>
            {
                using var session = await Session.OpenAsync(connection.Read(parsed), host, cancellationToken).ConfigureAwait(false);
                var request = new RemoveObjectRequest(target) { IncludeDependents = parsed.GetValue(dependents) };
                var plan = await session.UseCases.Remove.PlanAsync(request, cancellationToken).ConfigureAwait(false);
                if (!parsed.GetValue(dryRun)) await session.UseCases.Remove.RunAsync(plan, cancellationToken).ConfigureAwait(false);
                foreach (var dependent in DependentsIn(plan)) report.Done(dependent.ToString());
                return target.ToString();
            }).ConfigureAwait(false);
        });
        return command;
    }

    /// <summary>With a reference go the objects that need it, by the names their users know.</summary>
    private static IEnumerable<S3Uri> DependentsIn(RemoveObjectPlan plan) => DeltaSpace.IsReferenceKey(plan.Uri.Key)
        ? plan.Objects.Where(stored => stored.Uri != plan.Uri).Select(stored => stored.Uri.WithKey(DeltaSpace.LogicalKeyOf(stored.Uri.Key)))
        : [];
}
