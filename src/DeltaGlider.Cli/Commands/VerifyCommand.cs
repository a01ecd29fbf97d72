using System.CommandLine;
using System.Runtime.CompilerServices;
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
        var recursive = new Option<bool>("--recursive") { Description = "Verify everything below the prefix." };
        var noProgress = new Option<bool>("--no-progress") { Description = "Show no progress." };
        var command = new Command("verify", "Reads objects back and compares their SHA-256 with the one recorded when they were stored.") { uris, recursive, noProgress };
        var connection = new ConnectionOptions().AddTo(command);

        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var session = await Session.OpenAsync(connection.Read(parsed), host, cancellationToken).ConfigureAwait(false);
            var failed = 0;
            foreach (var given in parsed.GetRequiredValue(uris))
            {
                try
                {
                    await foreach (var uri in ExpandAsync(session, given, parsed.GetValue(recursive), cancellationToken).ConfigureAwait(false))
                    {
                        using var progress = ProgressLine.For(host, !parsed.GetValue(noProgress));
                        if (!await VerifyAsync(session, uri, progress, host, cancellationToken).ConfigureAwait(false)) failed++;
                    }
                }
                catch (DeltaGliderException e)
                {
                    await host.Error.WriteLineAsync($"verify failed: {given} {e.FullText}").ConfigureAwait(false);
                    failed++;
                }
            }

            return failed > 0 ? ExitCodes.Failed : ExitCodes.Done;
        });
        return command;
    }

    private static async IAsyncEnumerable<S3Uri> ExpandAsync(Session session, S3Uri given, bool recursive, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!recursive)
        {
            yield return given;
            yield break;
        }

        await foreach (var entry in session.UseCases.List.RunAsync(new ListObjectsRequest(given) { Recurse = true }, cancellationToken).ConfigureAwait(false))
            yield return entry.Uri;
    }

    private static async ValueTask<bool> VerifyAsync(Session session, S3Uri uri, ProgressLine? progress, Host host, CancellationToken cancellationToken)
    {
        try
        {
            var result = await session.UseCases.Verify.RunAsync(uri, progress, cancellationToken).ConfigureAwait(false);
            progress?.Dispose();
            await host.Out.WriteLineAsync(result.IsValid ? $"OK: {uri}" : $"FAILED: {uri} {result.Reason}").ConfigureAwait(false);
            return result.IsValid;
        }
        catch (DeltaGliderException e)
        {
            progress?.Dispose();
            await host.Error.WriteLineAsync($"verify failed: {uri} {e.FullText}").ConfigureAwait(false);
            return false;
        }
    }
}
