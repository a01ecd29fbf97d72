using System.CommandLine;
using DeltaGlider.Cli.Output;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.UseCases;

namespace DeltaGlider.Cli.Commands;

/// <summary><c>deltaglider presign s3://bucket/key</c>: makes a link with which anybody can fetch an object for a while.</summary>
internal static class PresignCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var uri = new Argument<S3Uri>("uri") { Description = "s3://bucket/key.", CustomParser = UriArgument.ParseObject };
        var expires = new Option<int>("--expires-in")
        {
            Description = $"How many seconds the link is good, {PresignObject.Longest.TotalSeconds:0} at most; 3600 where nothing is said.",
            HelpName = "seconds",
            DefaultValueFactory = _ => 3600,
        };
        var verify = new Option<bool>("--verify") { Description = "Read an object that is stored whole, too, and compare its SHA-256 first." };
        var noProgress = new Option<bool>("--no-progress") { Description = "Show no progress." };
        var command = new Command("presign", "Makes a link to an object; of a delta the file is restored into the bucket for as long.") { uri, expires, verify, noProgress };
        var connection = new ConnectionOptions().AddTo(command);

        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var session = await Session.OpenAsync(connection.Read(parsed), host, cancellationToken).ConfigureAwait(false);
            var request = new PresignObjectRequest(parsed.GetValue(uri), TimeSpan.FromSeconds(parsed.GetValue(expires))) { Verify = parsed.GetValue(verify) };
            using var progress = ProgressLine.For(host, !parsed.GetValue(noProgress));
            var plan = await session.UseCases.Presign.PlanAsync(request, cancellationToken).ConfigureAwait(false);
            var result = await session.UseCases.Presign.RunAsync(plan, progress, cancellationToken).ConfigureAwait(false);
            progress?.Dispose();
            await host.Out.WriteLineAsync(result.Link.OriginalString).ConfigureAwait(false);
            return ExitCodes.Done;
        });
        return command;
    }
}
