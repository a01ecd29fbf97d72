using System.Management.Automation;
using System.Runtime.CompilerServices;
using DeltaGlider.Adapters.S3;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Completion;

/// <summary>
/// Completes buckets, and in a bucket prefixes and objects under their own names, one level at a time. For a parameter
/// that takes files too it keeps out of the way until the word looks like a URI: PowerShell then completes files.
/// </summary>
internal sealed class UriCompleter : Completer
{
    private const string Scheme = "s3://";
    private const int Most = 100;

    /// <inheritdoc/>
    protected override bool IsMine(Word word) => word.Parameter == "Uri" || S3Uri.LooksLike(word.Text) || (word.Text.Length > 1 && word.Begins(Scheme));

    /// <inheritdoc/>
    protected override async IAsyncEnumerable<CompletionResult> FindAsync(
        Word word, S3ConnectionOptions connection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var root = await CompletionRoot.OpenAsync(connection, cancellationToken).ConfigureAwait(false);
        if (!word.Text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && !word.Begins(Scheme)) yield break;
        var rest = word.Text.Length > Scheme.Length ? word.Text[Scheme.Length..] : "";
        var offers = rest.IndexOf('/') is > 0 and var slash
            ? KeysAsync(root, new S3Uri(rest[..slash], rest[(slash + 1)..]), cancellationToken)
            : BucketsAsync(root, rest, cancellationToken);
        await foreach (var offer in offers.ConfigureAwait(false)) yield return offer;
    }

    private static async IAsyncEnumerable<CompletionResult> BucketsAsync(CompositionRoot root, string begin, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var bucket in root.UseCases.Buckets.RunAsync(cancellationToken).ConfigureAwait(false))
        {
            if (bucket.Name.StartsWith(begin, StringComparison.OrdinalIgnoreCase)) yield return Word.Offer($"{Scheme}{bucket.Name}/", bucket.Name, "Bucket", isContainer: true);
        }
    }

    private static async IAsyncEnumerable<CompletionResult> KeysAsync(CompositionRoot root, S3Uri begin, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in root.UseCases.List.RunAsync(new ListObjectsRequest(begin) { First = Most }, cancellationToken).ConfigureAwait(false))
        {
            var output = entry.ToOutput();
            yield return Word.Offer(output.Uri, output.Name, output.IsPrefix ? "Prefix" : $"{output.Size} bytes, stored as {output.Storage}", output.IsPrefix);
        }
    }
}
