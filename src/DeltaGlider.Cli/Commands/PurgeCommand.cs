using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using DeltaGlider.Cli.Output;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Cli.Commands;

/// <summary><c>deltaglider purge bucket</c>: clears a bucket of what has been left in it.</summary>
internal static class PurgeCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var bucket = new Argument<S3Uri>("bucket") { Description = "s3://bucket; s3:// may be left out.", CustomParser = UriArgument.ParseBucket };
        var olderThan = new Option<TimeSpan>("--older-than")
        {
            Description = "Abort uploads that were begun longer ago: 90m, 24h, 7d; 24h where nothing is said. Temporaries go by their expiry.",
            HelpName = "age",
            CustomParser = ParseAge,
            DefaultValueFactory = _ => PurgeRequest.DefaultAge,
        };
        var dryRun = new Option<bool>("--dryrun", "--dry-run") { Description = "Say what would be done, and do nothing." };
        var quiet = new Option<bool>("--quiet") { Description = "Say nothing but errors." };
        var command = new Command("purge", "Removes expired temporaries, copies of references that nothing needs, and stale uploads.") { bucket, olderThan, dryRun, quiet };
        var connection = new ConnectionOptions().AddTo(command);

        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var session = await Session.OpenAsync(connection.Read(parsed), host, cancellationToken).ConfigureAwait(false);
            var request = new PurgeRequest(parsed.GetValue(bucket).Bucket) { OlderThan = parsed.GetValue(olderThan) };
            var isDry = parsed.GetValue(dryRun);
            var (removed, freed, failed) = (0, 0L, 0);
            await foreach (var leftover in session.UseCases.Purge.PlanAsync(request, cancellationToken).ConfigureAwait(false))
            {
                var lines = new TransferLines(host, leftover.Kind == LeftoverKind.Upload ? "abort" : "delete", parsed.GetValue(quiet), isDry);
                try
                {
                    if (!isDry && !await session.UseCases.Purge.RunAsync(leftover, cancellationToken).ConfigureAwait(false)) continue;
                    lines.Done(leftover.UploadId is { } id ? $"{leftover.Uri} {id}" : leftover.Uri.ToString());
                    removed++;
                    freed += leftover.Size ?? 0;
                }
                catch (DeltaGliderException e)
                {
                    await host.Error.WriteLineAsync($"delete failed: {leftover.Uri} {e.FullText}").ConfigureAwait(false);
                    failed++;
                }
            }

            if (!parsed.GetValue(quiet))
                await host.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{(isDry ? "Would remove" : "Removed")} {removed}, {HumanSize.Of(freed)}.")).ConfigureAwait(false);
            return failed > 0 ? ExitCodes.Failed : ExitCodes.Done;
        });
        return command;
    }

    private static TimeSpan ParseAge(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (text.Length > 1 && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= 36_500)
        {
            switch (text[^1])
            {
                case 's': return TimeSpan.FromSeconds(number);
                case 'm': return TimeSpan.FromMinutes(number);
                case 'h': return TimeSpan.FromHours(number);
                case 'd': return TimeSpan.FromDays(number);
            }
        }

        result.AddError($"'{text}' is no age. Write it as 90m, 24h or 7d.");
        return default;
    }
}
