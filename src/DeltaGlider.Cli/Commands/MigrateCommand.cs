using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using DeltaGlider.Cli.Output;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Rules;

namespace DeltaGlider.Cli.Commands;

/// <summary><c>deltaglider migrate s3://old s3://new</c>: a bucket of any tool into DeltaGlider's form.</summary>
internal static class MigrateCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var places = new PlaceArguments("s3://bucket or s3://bucket/prefix.", "s3://bucket or s3://bucket/prefix.");
        var noVerify = new Option<bool>("--no-verify") { Description = "Do not read each copy back to compare it." };
        var force = new Option<bool>("--force") { Description = "Replace what differs and is newer at the destination." };
        var command = new Command("migrate", "Copies a bucket or a prefix into DeltaGlider's form, oldest files first. Run again, it goes on where it ended.") { noVerify, force };
        places.AddTo(command);
        var common = new FolderOptions().AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(places.Source) is { } source && result.GetValue(places.Destination) is { } destination && !(S3Uri.LooksLike(source) && S3Uri.LooksLike(destination)))
                result.AddError("Both source and destination must be s3://bucket/prefix.");
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            var request = common.Read(parsed, places.Read(parsed)) with { Verify = !parsed.GetValue(noVerify), Force = parsed.GetValue(force) };
            return RunAsync(common.Run(parsed, host), request, cancellationToken);
        });
        return command;
    }

    private static Task<int> RunAsync(FolderRun run, FolderRequest request, CancellationToken cancellationToken) => run.ConnectedAsync(request, async (destination, source) =>
    {
        var migrate = destination.UseCases.MigrateFrom(source.UseCases);
        var survey = await migrate.SurveyAsync(request, cancellationToken).ConfigureAwait(false);
        using var progress = ProgressLine.For(run.Host, run.ShowsProgress && !run.Quiet);
        var lines = new FolderLines(run.Host, run.Quiet, run.DryRun);
        var started = Stopwatch.GetTimestamp();
        var done = 0L;
        await foreach (var result in migrate.RunAsync(request, run.HandlersOf(progress), cancellationToken).ConfigureAwait(false))
        {
            progress?.Wipe();
            lines.Write(result);
            done++;
            if (progress is not null) progress.Also = Position(done, survey.Objects, Stopwatch.GetElapsedTime(started));
        }

        progress?.Wipe();
        if (!run.DryRun) Report(run, survey, lines.Summary, request.Verify, Stopwatch.GetElapsedTime(started));
        return lines.ExitCode;
    }, cancellationToken);

    private static string Position(long done, long total, TimeSpan elapsed)
    {
        var left = Estimate.Remaining(done, total, elapsed) is { } time ? $", about {Estimate.Words(time)} left" : "";
        return string.Create(CultureInfo.InvariantCulture, $", {done} of {total} objects{left}");
    }

    private static void Report(FolderRun run, MigrationSurvey survey, FolderSummary summary, bool verified, TimeSpan elapsed)
    {
        if (run.Quiet) return;
        var output = run.Host.Out;
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Objects: {survey.Objects} found, {summary.Transferred} copied{(verified ? " and verified" : "")}, {summary.Unchanged} already there, {summary.Kept} kept, {summary.Failed} failed."));
        output.WriteLine($"Source: {HumanSize.Of(survey.StoredSize)} stored.");
        if (summary.Transferred > 0)
        {
            var saved = summary.TransferredSize - summary.StoredSize;
            var percent = summary.TransferredSize == 0 ? 0 : 100.0 * saved / summary.TransferredSize;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Copied: {HumanSize.Of(summary.TransferredSize)} of files, stored in {HumanSize.Of(summary.StoredSize)} with references; saved {percent:F1}%."));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Time: {elapsed.TotalSeconds:F1} s."));
        foreach (var failure in summary.Failures) output.WriteLine($"Failed: {failure}");
    }
}
