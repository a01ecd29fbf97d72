using System.CommandLine;
using DeltaGlider.Cli.Output;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Rules;

namespace DeltaGlider.Cli.Commands;

/// <summary><c>deltaglider cp SOURCE DESTINATION</c>: one file into S3, or one object out of it.</summary>
internal static class CopyCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var source = new Argument<string>("source") { Description = "A local file, or s3://bucket/key." };
        var destination = new Argument<string>("destination") { Description = "s3://bucket/key, or a local file; a bucket, a folder or a trailing / means \"into\"." };
        var dryRun = new Option<bool>("--dryrun") { Description = "Say what would be done, and do nothing." };
        var quiet = new Option<bool>("--quiet") { Description = "Say nothing but errors." };
        var noProgress = new Option<bool>("--no-progress") { Description = "Show no progress." };
        var command = new Command("cp", "Copies a file to S3, or an object to a file.") { source, destination, dryRun, quiet, noProgress };
        var storing = new CopyOptions().AddTo(command);
        var connection = new ConnectionOptions().AddTo(command);

        command.Validators.Add(result =>
        {
            if (WhyNot(result.GetValue(source), result.GetValue(destination)) is { } why) result.AddError(why);
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var from = parsed.GetRequiredValue(source);
            var to = parsed.GetRequiredValue(destination);
            var isUpload = S3Uri.LooksLike(to);
            var names = isUpload ? UploadNames(from, S3Uri.Parse(to)) : DownloadNames(S3Uri.Parse(from), to);
            var report = new TransferLines(host, isUpload ? "upload" : "download", parsed.GetValue(quiet), parsed.GetValue(dryRun));
            return await report.RunAsync(names, async () =>
            {
                using var session = await Session.OpenAsync(connection.Read(parsed), host, cancellationToken).ConfigureAwait(false);
                using var lane = await session.Transfers.EnterAsync(cancellationToken).ConfigureAwait(false);
                using var progress = ProgressLine.For(host, !parsed.GetValue(quiet) && !parsed.GetValue(noProgress));
                if (isUpload)
                {
                    var plan = session.UseCases.Put.Plan(storing.Read(parsed, from, S3Uri.Parse(to)));
                    if (!parsed.GetValue(dryRun)) await session.UseCases.Put.RunAsync(plan, progress, cancellationToken).ConfigureAwait(false);
                    return $"{ShownPath.Of(plan.SourcePath)} to {plan.Target}";
                }
                else
                {
                    var plan = await session.UseCases.Get.PlanAsync(new GetObjectRequest(S3Uri.Parse(from), to), cancellationToken).ConfigureAwait(false);
                    if (!parsed.GetValue(dryRun)) await session.UseCases.Get.RunAsync(plan, progress, cancellationToken).ConfigureAwait(false);
                    return $"{plan.Source.Logical} to {ShownPath.Of(plan.DestinationPath)}";
                }
            }).ConfigureAwait(false);
        });
        return command;
    }

    private static string? WhyNot(string? source, string? destination)
    {
        if (string.IsNullOrEmpty(source) || string.IsNullOrEmpty(destination)) return "A source and a destination are needed, and neither may be empty.";
        foreach (var text in new[] { source, destination })
            if (S3Uri.LooksLike(text) && !(S3Uri.TryParse(text, out var uri) && uri.Bucket.Length > 0)) return UriArgument.NoUri(text);
        return (S3Uri.LooksLike(source), S3Uri.LooksLike(destination)) switch
        {
            (false, false) => "One of source and destination must be s3://bucket/key.",
            (true, true) => "Copying from S3 to S3 is not there yet. Copy the object to a file first, and the file to its destination.",
            _ => null,
        };
    }

    private static string UploadNames(string file, S3Uri destination) =>
        $"{ShownPath.Of(file)} to {DestinationNaming.ForUpload(Path.GetFileName(Path.TrimEndingDirectorySeparator(file)), destination)}";

    private static string DownloadNames(S3Uri source, string destination)
    {
        try
        {
            return $"{source} to {ShownPath.Of(DestinationNaming.ForDownload(source, destination, Directory.Exists(destination)))}";
        }
        catch (DeltaGliderException)
        {
            // The use case will say the same, as the reason why nothing came.
            return $"{source} to {ShownPath.Of(destination)}";
        }
    }
}
