using System.CommandLine;
using DeltaGlider.Cli.Output;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Cli.Commands;

/// <summary><c>deltaglider ls [s3://bucket/prefix]</c>: buckets, or what is below a prefix.</summary>
internal static class ListCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var prefix = new Argument<S3Uri>("prefix")
        {
            Description = "s3://bucket or s3://bucket/prefix; every bucket where nothing is said.",
            CustomParser = UriArgument.ParsePrefix,
            DefaultValueFactory = _ => S3Uri.AllBuckets,
            Arity = ArgumentArity.ZeroOrOne,
        };
        var recursive = new Option<bool>("--recursive") { Description = "List everything below the prefix, with whole keys." };
        var human = new Option<bool>("--human-readable") { Description = "Show sizes in KiB, MiB, GiB." };
        var summarize = new Option<bool>("--summarize") { Description = "Add totals." };
        var stored = new Option<bool>("--stored") { Description = "Show also how many bytes each object takes in the store, and whether as a delta." };
        var command = new Command("ls", "Lists buckets, or objects under the names and with the sizes of the files they stand for.") { prefix, recursive, human, summarize, stored };
        var connection = new ConnectionOptions().AddTo(command);

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var uri = parsed.GetValue(prefix);
            var lines = new ListingLines(host.Out, parsed.GetValue(recursive), parsed.GetValue(human), parsed.GetValue(stored));
            using var session = await Session.OpenAsync(connection.Read(parsed), host, cancellationToken).ConfigureAwait(false);
            if (uri.Bucket.Length == 0)
            {
                await foreach (var bucket in session.UseCases.Buckets.RunAsync(cancellationToken).ConfigureAwait(false)) lines.Write(bucket);
            }
            else
            {
                var request = new ListObjectsRequest(uri) { Recurse = parsed.GetValue(recursive) };
                await foreach (var entry in session.UseCases.List.RunAsync(request, cancellationToken).ConfigureAwait(false)) lines.Write(entry);
            }

            if (parsed.GetValue(summarize)) lines.WriteSummary();

            // As the AWS CLI: a prefix that nothing is below is a failure, an empty bucket is not.
            return uri.Key.Length > 0 && lines.Lines == 0 ? ExitCodes.Failed : ExitCodes.Done;
        });
        return command;
    }
}
