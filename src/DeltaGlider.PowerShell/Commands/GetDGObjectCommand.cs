using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using DeltaGlider.Base;
using DeltaGlider.Completion;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Commands;

/// <summary>
/// Lists buckets, prefixes and objects under their own names: deltas appear as the files they stand for. Streams: no more
/// of the listing is read than the pipeline takes.
/// </summary>
[Cmdlet(VerbsCommon.Get, "DGObject")]
[OutputType(typeof(DGObject))]
public sealed class GetDGObjectCommand : ConnectedCommand
{
    /// <summary>A bucket or a prefix; without it, the buckets are listed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(UriCompleter))]
    [ValidateNotNullOrEmpty]
    [SuppressMessage("Performance", "CA1819", Justification = "Parameters that take several values are arrays.")]
    public string[] Uri { get; set; } = [S3Uri.AllBuckets.ToString()];

    /// <summary>Every object below the prefix, not those of one level alone.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>At most this many of each listing.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? First { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (var text in Uri)
            await EachAsync(text, () => ListAsync(PlaceResolver.Uri(text), cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private Task ListAsync(S3Uri prefix, CancellationToken cancellationToken) =>
        prefix.Bucket.Length == 0 ? ListBucketsAsync(cancellationToken) : ListObjectsAsync(prefix, cancellationToken);

    private async Task ListBucketsAsync(CancellationToken cancellationToken)
    {
        var left = First ?? int.MaxValue;
        await foreach (var bucket in Root.UseCases.Buckets.RunAsync(cancellationToken).ConfigureAwait(false))
        {
            await EmitAsync(bucket.ToOutput(), cancellationToken).ConfigureAwait(false);
            if (--left == 0) return;
        }
    }

    private async Task ListObjectsAsync(S3Uri prefix, CancellationToken cancellationToken)
    {
        var request = new ListObjectsRequest(prefix) { Recurse = Recurse, First = First };
        await foreach (var entry in Root.UseCases.List.RunAsync(request, cancellationToken).ConfigureAwait(false))
            await EmitAsync(entry.ToOutput(), cancellationToken).ConfigureAwait(false);
    }
}
