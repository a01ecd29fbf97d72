using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>
/// Brings <c>x</c> and <c>x.delta</c> of a sorted listing together, although other keys can stand between them: an
/// object waits until the listing has passed the place where its delta would be. Only keys that begin with its own
/// stand in between, so few ever wait.
/// </summary>
internal sealed class ShadowMerger
{
    private readonly List<ListedObject> _waiting = [];

    /// <summary>Takes the next object of the listing and gives what is certain by now.</summary>
    public IEnumerable<ListCandidate> Add(string bucket, ListedObject listed)
    {
        foreach (var candidate in Pass(bucket, listed.Key)) yield return candidate;
        if (!DeltaSpace.IsDeltaKey(listed.Key))
        {
            _waiting.Add(listed);
            yield break;
        }

        var logical = DeltaSpace.LogicalKeyOf(listed.Key);
        var direct = _waiting.Find(one => one.Key == logical);
        if (direct is not null) _waiting.Remove(direct);
        yield return new ListCandidate(new S3Uri(bucket, logical), direct, listed);
    }

    /// <summary>Gives what is certain when the listing has come to <paramref name="key"/>.</summary>
    public IEnumerable<ListCandidate> Pass(string bucket, string key)
    {
        var passed = _waiting.Where(one => KeyOrder.Utf8.Compare(one.Key + DeltaSpace.DeltaSuffix, key) < 0).ToList();
        foreach (var one in passed)
        {
            _waiting.Remove(one);
            yield return Alone(bucket, one);
        }
    }

    /// <summary>What still waits when the listing has ended.</summary>
    public IEnumerable<ListCandidate> Rest(string bucket) => _waiting.Select(one => Alone(bucket, one));

    private static ListCandidate Alone(string bucket, ListedObject one) => new(new S3Uri(bucket, one.Key), one, null);
}
