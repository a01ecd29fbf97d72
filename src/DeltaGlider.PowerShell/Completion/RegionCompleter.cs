using System.Management.Automation;
using DeltaGlider.Adapters.S3;

namespace DeltaGlider.Completion;

/// <summary>Completes the regions of AWS.</summary>
internal sealed class RegionCompleter : Completer
{
    /// <inheritdoc/>
    protected override IAsyncEnumerable<CompletionResult> FindAsync(Word word, S3ConnectionOptions connection, CancellationToken cancellationToken) =>
        KnownNames.Regions().Where(region => word.Begins(region.Name)).Select(region => Word.Offer(region.Name, region.Name, region.Words)).ToAsync();
}
