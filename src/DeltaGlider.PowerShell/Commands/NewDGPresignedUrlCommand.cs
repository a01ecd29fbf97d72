using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using DeltaGlider.Base;
using DeltaGlider.Completion;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Commands;

/// <summary>
/// Makes links with which anybody can fetch an object for a while, with a browser or with curl. Of a delta the file is
/// restored into the bucket for as long, proven by its SHA-256 first.
/// </summary>
[Cmdlet(VerbsCommon.New, "DGPresignedUrl", SupportsShouldProcess = true)]
[OutputType(typeof(DGPresignedUrl))]
public sealed class NewDGPresignedUrlCommand : ConnectedCommand
{
    /// <summary>The object, by its own name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(UriCompleter))]
    [ValidateNotNullOrEmpty]
    [SuppressMessage("Performance", "CA1819", Justification = "Parameters that take several values are arrays.")]
    public string[] Uri { get; set; } = [];

    /// <summary>How long the link is good: at most 7 days; an hour where nothing is said.</summary>
    [Parameter]
    public TimeSpan Expires { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Read an object that is stored whole, too, and compare its SHA-256 first.</summary>
    [Parameter]
    public SwitchParameter Verify { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (var text in Uri)
            await BesideAsync(text, Root.Transfers, (turn, token) => PresignAsync(PlaceResolver.Uri(text), turn, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task PresignAsync(S3Uri uri, ItemTurn turn, CancellationToken cancellationToken)
    {
        var request = new PresignObjectRequest(uri, Expires) { Verify = Verify };
        var plan = await Root.UseCases.Presign.PlanAsync(request, cancellationToken).ConfigureAwait(false);
        await turn.ToAskAsync(cancellationToken).ConfigureAwait(false);
        if (!await ShouldGoOnAsync(plan.ToString(), cancellationToken).ConfigureAwait(false)) return;
        turn.HasAsked();
        using var progress = Progress.Begin();
        var result = await Root.UseCases.Presign.RunAsync(plan, progress, cancellationToken).ConfigureAwait(false);
        progress.Dispose();
        await EmitAsync(turn, result.ToOutput(), cancellationToken).ConfigureAwait(false);
    }
}
