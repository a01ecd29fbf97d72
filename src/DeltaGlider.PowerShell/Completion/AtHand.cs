namespace DeltaGlider.Completion;

/// <summary>Names that need not be fetched, in the form of those that do.</summary>
internal static class AtHand
{
    /// <summary>The same, one after the other.</summary>
    public static async IAsyncEnumerable<T> ToAsync<T>(this IEnumerable<T> items)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var item in items) yield return item;
    }
}
