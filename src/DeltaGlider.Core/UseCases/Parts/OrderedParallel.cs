using System.Runtime.CompilerServices;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>Asks for many things at once and gives the answers in the order of the questions.</summary>
internal static class OrderedParallel
{
    /// <summary>
    /// Runs <paramref name="select"/> on up to <paramref name="degree"/> items at a time. The source is read no further
    /// ahead than that. Left early, it cancels what is under way and waits for it.
    /// </summary>
    public static async IAsyncEnumerable<TResult> SelectAsync<TSource, TResult>(
        IAsyncEnumerable<TSource> source,
        int degree,
        Func<TSource, CancellationToken, ValueTask<TResult>> select,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var underWay = new Queue<Task<TResult>>();
        try
        {
            await foreach (var item in source.WithCancellation(leaving.Token).ConfigureAwait(false))
            {
                underWay.Enqueue(select(item, leaving.Token).AsTask());
                if (underWay.Count >= degree || underWay.Peek().IsCompleted)
                    yield return await underWay.Dequeue().ConfigureAwait(false);
            }

            while (underWay.Count > 0)
                yield return await underWay.Dequeue().ConfigureAwait(false);
        }
        finally
        {
            await leaving.CancelAsync().ConfigureAwait(false);
            foreach (var task in underWay)
                await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
