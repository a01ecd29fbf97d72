using System.CommandLine;
using DeltaGlider.Core.Rules;

namespace DeltaGlider.Cli.Commands;

/// <summary><c>deltaglider sync SOURCE DESTINATION</c>: makes a place like another.</summary>
internal static class SyncCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var places = new PlaceArguments("A folder, or s3://bucket/prefix.", "s3://bucket/prefix, or a folder.");
        var delete = new Option<bool>("--delete") { Description = "Remove from the destination what the source does not have; never after anything has failed." };
        var maxDelete = new Option<long?>("--max-delete") { Description = "If more than this would be removed, nothing is.", HelpName = "number" };
        var sizeOnly = new Option<bool>("--size-only") { Description = "Take files of one size for the same." };
        var checksum = new Option<bool>("--checksum") { Description = "Compare SHA-256, whatever the times say." };
        var exact = new Option<bool>("--exact-timestamps") { Description = "Take files of one size for the same only where their times are." };
        var force = new Option<bool>("--force") { Description = "Replace also what is newer or read-only, and remove even where everything would go." };
        var command = new Command("sync", "Copies what is missing or differs from a folder to a prefix, back, or from prefix to prefix.")
        {
            delete, maxDelete, sizeOnly, checksum, exact, force,
        };
        places.AddTo(command);
        var common = new FolderOptions().AddTo(command);
        command.Validators.Add(result =>
        {
            if (new[] { sizeOnly, checksum, exact }.Count(result.GetValue) > 1) result.AddError("--size-only, --checksum and --exact-timestamps exclude each other.");
            if (result.GetValue(maxDelete) is < 0) result.AddError("--max-delete is a number from 0 on.");
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            var request = common.Read(parsed, places.Read(parsed)) with
            {
                Mode = parsed.GetValue(sizeOnly) ? SyncMode.SizeOnly : parsed.GetValue(checksum) ? SyncMode.Checksum : parsed.GetValue(exact) ? SyncMode.ExactTimestamps : SyncMode.Times,
                Delete = parsed.GetValue(delete),
                MaxDelete = parsed.GetValue(maxDelete),
                Force = parsed.GetValue(force),
            };
            return common.Run(parsed, host).RunAsync(request, cancellationToken);
        });
        return command;
    }
}
