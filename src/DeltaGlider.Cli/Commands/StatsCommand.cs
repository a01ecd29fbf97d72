using System.CommandLine;
using DeltaGlider.Cli.Output;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Reports;
using DeltaGlider.Core.UseCases;

namespace DeltaGlider.Cli.Commands;

/// <summary><c>deltaglider stats bucket</c>: what files take, and what storing them as deltas saves.</summary>
internal static class StatsCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var prefix = new Argument<S3Uri>("prefix") { Description = "s3://bucket or s3://bucket/prefix; s3:// may be left out.", CustomParser = UriArgument.ParsePrefix };
        var sampled = new Option<bool>("--sampled") { Description = "Look at some deltas of each deltaspace only; the total may be an estimate then." };
        var detailed = new Option<bool>("--detailed") { Description = "Look at every object, and not at deltas only." };
        var refresh = new Option<bool>("--refresh") { Description = "Look anew, whatever was kept in the bucket." };
        var noCache = new Option<bool>("--no-cache") { Description = "Neither take what was kept in the bucket nor keep anything there." };
        var spaces = new Option<bool>("--by-deltaspace") { Description = "Show each deltaspace." };
        var json = new Option<bool>("--json") { Description = "Write JSON." };
        var html = new Option<string?>("--html") { Description = "Write a page with charts into this file.", HelpName = "file" };
        var command = new Command("stats", "Shows what files take, and what storing them as deltas saves.") { prefix, sampled, detailed, refresh, noCache, spaces, json, html };
        command.Validators.Add(result =>
        {
            if (result.GetValue(sampled) && result.GetValue(detailed)) result.AddError("--sampled and --detailed exclude each other.");
        });
        var connection = new ConnectionOptions().AddTo(command);

        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var session = await Session.OpenAsync(connection.Read(parsed), host, cancellationToken, new TransferGate(BucketStats.MostLooksAtOnce)).ConfigureAwait(false);
            using IStatsOutput output = parsed.GetValue(json) ? new StatsJson(host.Out, parsed.GetValue(spaces)) : new StatsLines(host.Out);
            var path = parsed.GetValue(html);
            var report = path is null ? null : new SavingsReportBuilder();
            var request = new BucketStatsRequest(parsed.GetValue(prefix))
            {
                Mode = parsed.GetValue(sampled) ? StatsMode.Sampled : parsed.GetValue(detailed) ? StatsMode.Detailed : StatsMode.Quick,
                UseCache = !parsed.GetValue(noCache) && !parsed.GetValue(refresh),
                WithDays = report is not null,
            };
            Func<DeltaSpaceStatistics, CancellationToken, ValueTask>? onSpace = parsed.GetValue(spaces) || report is not null ? Take : null;
            var total = await session.UseCases.Stats.RunAsync(request, onSpace, cancellationToken).ConfigureAwait(false);
            if (!parsed.GetValue(noCache)) await KeepAsync(session, total, cancellationToken).ConfigureAwait(false);
            if (path is not null) await session.UseCases.Report.RunAsync(report!.Build(total), path, cancellationToken).ConfigureAwait(false);
            output.Write(total);
            return ExitCodes.Done;

            ValueTask Take(DeltaSpaceStatistics space, CancellationToken token)
            {
                report?.Add(space);
                if (parsed.GetValue(spaces)) output.Write(space);
                return ValueTask.CompletedTask;
            }
        });
        return command;
    }

    // What cannot be kept is computed again next time: no reason to fail.
    private static async ValueTask KeepAsync(Session session, BucketStatistics total, CancellationToken cancellationToken)
    {
        try
        {
            await session.UseCases.Stats.KeepAsync(total, cancellationToken).ConfigureAwait(false);
        }
        catch (DeltaGliderException)
        {
        }
    }
}
