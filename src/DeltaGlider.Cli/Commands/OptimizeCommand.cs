using System.CommandLine;
using System.Globalization;
using DeltaGlider.Cli.Output;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Cli.Commands;

/// <summary><c>deltaglider optimize s3://bucket/prefix/</c>: looks after the reference of a prefix.</summary>
internal static class OptimizeCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var prefix = new Argument<S3Uri>("prefix") { Description = "s3://bucket/prefix/; what lies deeper is not meant.", CustomParser = UriArgument.ParsePrefix };
        var samples = new Option<int>("--sample-size") { Description = "The most objects that are tried as reference.", HelpName = "count", DefaultValueFactory = _ => 8 };
        var saving = new Option<double>("--min-saving") { Description = "What another reference must save at least, in percent.", HelpName = "percent", DefaultValueFactory = _ => 10 };
        var dryRun = new Option<bool>("--dryrun") { Description = "Measure, say what would be done, and do nothing." };
        var yes = new Option<bool>("--yes") { Description = "Do it. Without this nothing is done." };
        var quiet = new Option<bool>("--quiet") { Description = "Say nothing but errors." };
        var noProgress = new Option<bool>("--no-progress") { Description = "Show no progress." };
        var command = new Command("optimize", "Measures how well the reference of a prefix serves, and re-encodes its objects where another one serves better.") { prefix, samples, saving, dryRun, yes, quiet, noProgress };
        var connection = new ConnectionOptions().AddTo(command);

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var target = parsed.GetValue(prefix);
            var isDry = parsed.GetValue(dryRun);
            var isQuiet = parsed.GetValue(quiet);
            var report = new TransferLines(host, "optimize", isQuiet, isDry);
            return await report.RunAsync(target.ToString(), async () =>
            {
                using var session = await Session.OpenAsync(connection.Read(parsed), host, cancellationToken).ConfigureAwait(false);
                using var lane = await session.Transfers.EnterAsync(cancellationToken).ConfigureAwait(false);
                using var progress = ProgressLine.For(host, !isQuiet && !parsed.GetValue(noProgress));
                var request = new OptimizeRequest(target) { SampleSize = parsed.GetValue(samples), MinSaving = parsed.GetValue(saving) / 100 };
                var plan = await session.UseCases.Optimize.PlanAsync(request, progress, cancellationToken).ConfigureAwait(false);
                progress?.Dispose();
                foreach (var one in plan.Dissimilar) report.Done($"{one} is served by no other object, and stays whole");
                if (isDry || plan.Action == OptimizeAction.None) return plan.ToString();
                if (!parsed.GetValue(yes)) throw NotAsked(plan);
                report.Done(plan.ToString());
                var result = await session.UseCases.Optimize.RunAsync(plan, new Steps(report), progress, cancellationToken).ConfigureAwait(false);
                progress?.Dispose();
                return Summary(result);
            }).ConfigureAwait(false);
        });
        return command;
    }

    private static string Summary(OptimizeResult result)
    {
        var before = result.Plan.PresentBytes;
        var unreadable = result.Unreadable.Length == 0 ? "" : $", {result.Unreadable.Length} unreadable and left as they are, so the reference stayed";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Plan.Space} takes {HumanSize.Of(result.BytesAfter)}, {HumanSize.Of(before)} before ({100.0 * (before - result.BytesAfter) / Math.Max(1, before):0.0} % saved){unreadable}");
    }

    private static DeltaGliderException NotAsked(OptimizePlan plan) =>
        new(ErrorKind.InvalidArgument, plan.Space.ToString(), $"This would {plan}.") { Safe = "Nothing was changed.", Advice = "Say --yes to do it, or --dryrun to see it only." };

    /// <summary>Tells of each object that became a delta, or did not.</summary>
    private sealed class Steps(TransferLines report) : IProgress<OptimizedObject>
    {
        public void Report(OptimizedObject value)
        {
            switch (value.Outcome)
            {
                case OptimizeOutcome.MadeWhole:
                    report.Done($"{value.Uri} stored whole for the time being");
                    break;
                case OptimizeOutcome.MadeDelta:
                    report.Done($"{value.Uri} as a delta of {HumanSize.Of(value.StoredSize)}");
                    break;
                case OptimizeOutcome.LeftWhole:
                    report.Done($"{value.Uri} stays whole");
                    break;
                default:
                    break;
            }
        }
    }
}
