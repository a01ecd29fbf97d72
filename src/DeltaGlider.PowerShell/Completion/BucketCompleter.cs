using System.Management.Automation;
using System.Runtime.CompilerServices;
using DeltaGlider.Adapters.S3;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Completion;

/// <summary>Completes buckets for a parameter that takes nothing else: by their names, or as URIs where the word begins so.</summary>
internal sealed class BucketCompleter : Completer
{
    /// <inheritdoc/>
    protected override async IAsyncEnumerable<CompletionResult> FindAsync(
        Word word, S3ConnectionOptions connection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var root = await CompletionRoot.OpenAsync(connection, cancellationToken).ConfigureAwait(false);
        var asUri = S3Uri.LooksLike(word.Text);
        await foreach (var bucket in root.UseCases.Buckets.RunAsync(cancellationToken).ConfigureAwait(false))
        {
            var text = asUri ? new S3Uri(bucket.Name, "").ToString() : bucket.Name;
            if (word.Begins(text)) yield return Word.Offer(text, bucket.Name, "Bucket");
        }
    }
}
