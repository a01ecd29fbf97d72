using System.CommandLine;
using DeltaGlider.Cli.Output;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Cli.Commands;

/// <summary><c>deltaglider verify s3://bucket/key</c>: reads objects back and compares their SHA-256.</summary>
internal static class VerifyCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var uris = new Argument<S3Uri[]>("uri")
        {
            Description = "One or more s3://bucket/key; with --recursive, prefixes.",
            CustomParser = UriArgument.ParseObjects,
            Arity = ArgumentArity.OneOrMore,
        };
        var recursive = new Option<bool>("--recursive", "-r") { Description = "Verify everything below the prefix, and sum up." };
        var repair = new Option<bool>("--repair") { Description = "Mend what can be mended without a loss: metadata that the bytes prove, and references of which a copy is at hand." };
        var orphans = new Option<bool>("--remove-orphans") { Description = "With --recursive, remove references that nothing needs." };
        var dryRun = new Option<bool>("--dryrun") { Description = "With --repair or --remove-orphans, say what would be done, and do nothing." };
        var noProgress = new Option<bool>("--no-progress") { Description = "Show no progress." };
        var command = new Command("verify", "Reads objects back and compares their SHA-256 with the one recorded when they were stored.") { uris, recursive, repair, orphans, dryRun, noProgress };
        var connection = new ConnectionOptions().AddTo(command);

        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var session = await Session.OpenAsync(connection.Read(parsed), host, cancellationToken).ConfigureAwait(false);
            var summary = new VerifySummary(host);
            var mending = new Mending(session, host, parsed.GetValue(repair), parsed.GetValue(orphans), parsed.GetValue(dryRun));
            foreach (var given in parsed.GetRequiredValue(uris))
            {
                try
                {
                    using var progress = ProgressLine.For(host, !parsed.GetValue(noProgress));
                    await VerifyAsync(session, given, parsed.GetValue(recursive), progress, mending, summary, cancellationToken).ConfigureAwait(false);
                }
                catch (DeltaGliderException e)
                {
                    await summary.FailAsync(given.ToString(), e.FullText).ConfigureAwait(false);
                }
            }

            if (parsed.GetValue(recursive)) await summary.CloseAsync().ConfigureAwait(false);
            return summary.IsGood ? ExitCodes.Done : ExitCodes.Failed;
        });
        return command;
    }

    private static async ValueTask VerifyAsync(Session session, S3Uri given, bool recursive, ProgressLine? progress, Mending mending, VerifySummary summary, CancellationToken cancellationToken)
    {
        if (!recursive)
        {
            var result = await session.UseCases.Verify.RunAsync(given, progress, cancellationToken).ConfigureAwait(false);
            progress?.Wipe();
            await summary.TellAsync(await mending.TryAsync(result, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            return;
        }

        await foreach (var item in session.UseCases.Scrub.RunAsync(given, progress, cancellationToken).ConfigureAwait(false))
        {
            progress?.Wipe();
            try
            {
                if (item.Error is { } error) throw error;
                if (item.Result is { } result) await summary.TellAsync(await mending.TryAsync(result, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
            catch (DeltaGliderException e)
            {
                await summary.FailAsync(item.Uri.ToString(), e.FullText).ConfigureAwait(false);
            }
        }
    }
}
