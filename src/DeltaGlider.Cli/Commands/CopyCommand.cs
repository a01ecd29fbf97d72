using System.CommandLine;
using DeltaGlider.Cli.Output;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;

namespace DeltaGlider.Cli.Commands;

/// <summary><c>deltaglider cp SOURCE DESTINATION</c>: a file into S3, an object out of it or to another place; whole folders
/// with <c>--recursive</c>.</summary>
internal static class CopyCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var places = new PlaceArguments("A local file, or s3://bucket/key.", "s3://bucket/key, or a local file; a bucket, a folder or a trailing / means \"into\".");
        var recursive = new Option<bool>("--recursive") { Description = "Copy all that is in a folder, or below a prefix." };
        var command = new Command("cp", "Copies a file to S3, an object to a file, or an object to another; whole folders with --recursive.") { recursive };
        places.AddTo(command);
        var common = new FolderOptions().AddTo(command);

        command.SetAction((parsed, cancellationToken) =>
        {
            var given = places.Read(parsed);
            if (!parsed.GetValue(recursive)) return CopyOneAsync(parsed, given, common, host, cancellationToken);

            // As the AWS CLI's cp: nothing is compared, and what is there is replaced; from S3 to S3 the same content stays.
            var request = common.Read(parsed, given);
            var isBetweenStores = request.Source.Uri is not null && request.Destination.Uri is not null;
            return common.Run(parsed, host).RunAsync(
                request with { Mode = isBetweenStores ? SyncMode.Times : null, OldestFirst = isBetweenStores, ReplaceNewer = true },
                cancellationToken);
        });
        return command;
    }

    private static async Task<int> CopyOneAsync(ParseResult parsed, (string Source, string Destination) places, FolderOptions common, Host host, CancellationToken cancellationToken)
    {
        var (from, to) = places;
        var (quiet, dryRun) = (parsed.GetValue(common.Quiet), parsed.GetValue(common.DryRun));
        var (verb, names) = (S3Uri.LooksLike(from), S3Uri.LooksLike(to)) switch
        {
            (false, _) => ("upload", UploadNames(from, S3Uri.Parse(to))),
            (_, false) => ("download", DownloadNames(S3Uri.Parse(from), to)),
            _ => ("copy", $"{from} to {DestinationNaming.ForUpload(S3Uri.Parse(from).Name, S3Uri.Parse(to))}"),
        };
        return await new TransferLines(host, verb, quiet, dryRun).RunAsync(names, async () =>
        {
            using var session = await Session.OpenAsync(common.Destination(parsed), host, cancellationToken).ConfigureAwait(false);
            using var other = common.Source(parsed) is { } source ? await Session.OpenAsync(source, host, cancellationToken, session.Transfers).ConfigureAwait(false) : null;
            if (S3Uri.LooksLike(from)) (other ?? session).WarnOfCost(S3Uri.Parse(from).Bucket, host);
            if (S3Uri.LooksLike(to)) session.WarnOfCost(S3Uri.Parse(to).Bucket, host);
            using var lane = await session.Transfers.EnterAsync(cancellationToken).ConfigureAwait(false);
            using var progress = ProgressLine.For(host, !quiet && !parsed.GetValue(common.NoProgress));
            var storing = common.Storing.Read(parsed);
            return verb switch
            {
                "upload" => await UploadAsync(session, new PutObjectRequest(from, S3Uri.Parse(to), storing), dryRun, progress, cancellationToken).ConfigureAwait(false),
                "download" => await DownloadAsync(other ?? session, new GetObjectRequest(S3Uri.Parse(from), to), dryRun, progress, cancellationToken).ConfigureAwait(false),
                _ => await CopyAsync(session, other ?? session, new CopyObjectRequest(S3Uri.Parse(from), S3Uri.Parse(to), storing), dryRun, progress, cancellationToken).ConfigureAwait(false),
            };
        }).ConfigureAwait(false);
    }

    private static async ValueTask<string> UploadAsync(Session session, PutObjectRequest request, bool dryRun, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var plan = session.UseCases.Put.Plan(request);
        if (!dryRun) await session.UseCases.Put.RunAsync(plan, progress, cancellationToken).ConfigureAwait(false);
        return $"{ShownPath.Of(plan.SourcePath)} to {plan.Target}";
    }

    private static async ValueTask<string> DownloadAsync(Session session, GetObjectRequest request, bool dryRun, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var plan = await session.UseCases.Get.PlanAsync(request, cancellationToken).ConfigureAwait(false);
        if (!dryRun) await session.UseCases.Get.RunAsync(plan, progress, cancellationToken).ConfigureAwait(false);
        return $"{plan.Source.Logical} to {ShownPath.Of(plan.DestinationPath)}";
    }

    private static async ValueTask<string> CopyAsync(
        Session session, Session source, CopyObjectRequest request, bool dryRun, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var copy = session.UseCases.CopyFrom(source.UseCases);
        var plan = await copy.PlanAsync(request, cancellationToken).ConfigureAwait(false);
        if (!dryRun && !plan.IsThere) await copy.RunAsync(plan, progress, cancellationToken).ConfigureAwait(false);
        return $"{plan.Source.Logical} to {plan.Target}";
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
