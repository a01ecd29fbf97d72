using System.CommandLine;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Cli.Commands;

/// <summary><c>deltaglider mb s3://bucket</c> and <c>rb s3://bucket</c>: make and remove buckets.</summary>
internal static class BucketCommands
{
    /// <summary>Makes a bucket.</summary>
    public static Command CreateMake(Host host) => Create(host, "mb", "Makes a bucket.", "make_bucket", async (session, bucket, cancellationToken) =>
        await session.UseCases.MakeBucket.RunAsync(bucket, cancellationToken).ConfigureAwait(false));

    /// <summary>Removes an empty bucket. There is no --force: what is in a bucket goes by other commands.</summary>
    public static Command CreateRemove(Host host) => Create(host, "rb", "Removes an empty bucket.", "remove_bucket", async (session, bucket, cancellationToken) =>
    {
        var plan = await session.UseCases.RemoveBucket.PlanAsync(bucket, cancellationToken).ConfigureAwait(false);
        await session.UseCases.RemoveBucket.RunAsync(plan, cancellationToken).ConfigureAwait(false);
    });

    private static Command Create(Host host, string name, string description, string verb, Func<Session, S3Uri, CancellationToken, ValueTask> run)
    {
        var uri = new Argument<S3Uri>("bucket") { Description = "s3://bucket; s3:// may be left out.", CustomParser = UriArgument.ParseBucket };
        var command = new Command(name, description) { uri };
        var connection = new ConnectionOptions().AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var bucket = parsed.GetValue(uri);
            using var session = await Session.OpenAsync(connection.Read(parsed), host, cancellationToken).ConfigureAwait(false);
            try
            {
                await run(session, bucket, cancellationToken).ConfigureAwait(false);
            }
            catch (DeltaGliderException e)
            {
                await host.Error.WriteLineAsync($"{verb} failed: s3://{bucket.Bucket} {e.FullText}").ConfigureAwait(false);
                return CommandTree.CodeOf(e);
            }

            await host.Out.WriteLineAsync($"{verb}: {bucket.Bucket}").ConfigureAwait(false);
            return ExitCodes.Done;
        });
        return command;
    }
}
