using System.Runtime.CompilerServices;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.UseCases.Folders;

/// <summary>Walks two places side by side, so that neither has to be held.</summary>
internal static class FolderJoin
{
    /// <summary>Every name that one of them has.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.StoreRefused"/> for a listing that is not in order: what it
    /// seems to lack may yet come.</exception>
    public static async IAsyncEnumerable<FolderPair> JoinAsync(IFolderSide source, IFolderSide destination, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var left = InOrderAsync(source, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var closingLeft = left.ConfigureAwait(false);
        var right = InOrderAsync(destination, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var closingRight = right.ConfigureAwait(false);
        var hasLeft = await left.MoveNextAsync().ConfigureAwait(false);
        var hasRight = await right.MoveNextAsync().ConfigureAwait(false);
        while (hasLeft || hasRight)
        {
            var order = !hasLeft ? 1 : !hasRight ? -1 : LogicalOrder.Instance.Compare(left.Current.Name, right.Current.Name);
            yield return new FolderPair(order <= 0 ? left.Current : null, order >= 0 ? right.Current : null);
            if (order <= 0) hasLeft = await left.MoveNextAsync().ConfigureAwait(false);
            if (order >= 0) hasRight = await right.MoveNextAsync().ConfigureAwait(false);
        }
    }

    private static async IAsyncEnumerable<FolderItem> InOrderAsync(IFolderSide side, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? last = null;
        await foreach (var item in side.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (last is not null && LogicalOrder.Instance.Compare(last, item.Name) > 0) throw NotInOrder(side, last, item.Name);
            last = item.Name;
            yield return item;
        }
    }

    private static DeltaGliderException NotInOrder(IFolderSide side, string before, string after) =>
        new(ErrorKind.StoreRefused, side.Place.ToString(), $"{side.Place} is not listed in order: {after} comes after {before}.")
        {
            Safe = "Nothing was removed.",
            Advice = "Folders can be compared only where listings are in the order of the keys; copy without a comparison.",
        };
}
