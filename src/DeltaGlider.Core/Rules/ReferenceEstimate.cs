using System.Collections.Immutable;

namespace DeltaGlider.Core.Rules;

/// <summary>
/// What a deltaspace would take with one reference or another, from samples: an object that was not tried counts with the
/// share that the sample nearest to it takes, for versions are most like their neighbours.
/// </summary>
public static class ReferenceEstimate
{
    /// <summary>Up to <paramref name="wanted"/> places out of <paramref name="count"/>, evenly spaced, with the first and the last.</summary>
    public static ImmutableArray<int> Spread(int count, int wanted) => count <= wanted
        ? [.. Enumerable.Range(0, count)]
        : [.. Enumerable.Range(0, wanted).Select(i => (int)((long)i * (count - 1) / (wanted - 1)))];

    /// <summary>The bytes of all objects, each with the share of the nearest sample.</summary>
    /// <param name="sizes">The objects' sizes, in their order.</param>
    /// <param name="samples">Places of samples among them, ascending.</param>
    /// <param name="costs">What each sample takes.</param>
    /// <param name="except">A sample that says nothing of others, because it is the reference itself; -1 for none.</param>
    public static long Total(IReadOnlyList<long> sizes, IReadOnlyList<int> samples, IReadOnlyList<long> costs, int except = -1)
    {
        var total = 0.0;
        for (var i = 0; i < sizes.Count; i++) total += sizes[i] * Share(i);
        return (long)Math.Round(total);

        double Share(int place)
        {
            var nearest = -1;
            for (var j = 0; j < samples.Count; j++)
            {
                if (j == except && samples[j] != place) continue;
                if (nearest < 0 || Math.Abs(samples[j] - place) < Math.Abs(samples[nearest] - place)) nearest = j;
            }

            // Nothing to go by: it counts as stored whole.
            return nearest < 0 || sizes[samples[nearest]] == 0 ? 1 : (double)costs[nearest] / sizes[samples[nearest]];
        }
    }
}
