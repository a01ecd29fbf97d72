using System.Collections.Immutable;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Bytes;
using DeltaGlider.Core.UseCases.Parts;

namespace DeltaGlider.Core.UseCases.Optimizing;

/// <summary>Tries samples of a deltaspace as its reference, and the present one beside them.</summary>
internal sealed class ReferenceTrial(OriginalReader originals, ReferenceKeeper references, IDeltaCodec codec)
{
    private const int LeastSamples = 3;

    // What the samples take in memory together, indexes not counted.
    private const long MaxSampleBytes = 512L << 20;

    // A file that is the reference takes a delta of a few instructions.
    private const long OwnDelta = 150;

    /// <summary>Measures.</summary>
    /// <exception cref="DeltaGliderException">What the store reports. Samples that cannot be read back are left out.</exception>
    public async ValueTask<TrialOutcome> RunAsync(
        DeltaSpace space, SpaceContents contents, int sampleSize, double maxRatio, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var samples = new List<ReferenceSample>();
        try
        {
            foreach (var place in Choose(contents, sampleSize))
            {
                if (await LoadAsync(place, contents.Items[place], progress, cancellationToken).ConfigureAwait(false) is { } sample) samples.Add(sample);
            }

            var sizes = contents.Items.Select(item => item.Size).ToArray();
            var places = samples.Select(sample => sample.Place).ToArray();
            var candidates = new List<ReferenceCandidate>();
            var served = new bool[samples.Count];
            for (var i = 0; i < samples.Count; i++)
            {
                var costs = await CostsAsync(samples[i].Bytes, samples, i, maxRatio, progress, cancellationToken).ConfigureAwait(false);
                for (var j = 0; j < costs.Length; j++) served[j] |= j != i && costs[j] < samples[j].Item.Size;
                var (others, taken) = (samples.Sum(sample => sample.Item.Size) - samples[i].Item.Size, costs.Sum() - costs[i]);
                candidates.Add(new ReferenceCandidate(
                    samples[i].Item.Logical,
                    samples[i].Item.Object.Metadata.FileSha256!,
                    samples[i].Item.Size,
                    samples[i].Item.Size + ReferenceEstimate.Total(sizes, places, costs, except: i),
                    others == 0 ? 1 : (double)taken / others));
            }

            return new TrialOutcome(
                [.. candidates.OrderBy(candidate => candidate.ExpectedBytes)],
                await PresentAsync(space, contents, samples, maxRatio, progress, cancellationToken).ConfigureAwait(false),
                samples.Count > 1 ? [.. samples.Where((_, i) => !served[i]).Select(sample => sample.Item.Logical)] : [],
                samples.Count);
        }
        finally
        {
            foreach (var sample in samples) sample.Dispose();
        }
    }

    private static ImmutableArray<int> Choose(SpaceContents contents, int sampleSize)
    {
        for (var wanted = Math.Max(2, sampleSize); ; wanted--)
        {
            var places = ReferenceEstimate.Spread(contents.Items.Length, wanted);
            if (wanted <= LeastSamples || places.Sum(place => contents.Items[place].Size) <= MaxSampleBytes) return places;
        }
    }

    private async ValueTask<ReferenceSample?> LoadAsync(int place, SpaceItem item, IProgressSink? progress, CancellationToken cancellationToken)
    {
        try
        {
            using var original = await originals.ReadAsync(item.Object, progress, cancellationToken).ConfigureAwait(false);
            var stream = await original.Bytes.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var closing = stream.ConfigureAwait(false);
            return new ReferenceSample(place, new SpaceItem(original.Source), await codec.LoadAsync(stream, original.Bytes.Length, cancellationToken).ConfigureAwait(false));
        }
        catch (DeltaGliderException e) when (Findings.Of(e.Kind) is not null || e.Kind == ErrorKind.ObjectNotFound)
        {
            return null;
        }
    }

    /// <summary>What the present reference comes to: deltas as they are, and files stored whole as deltas where it serves them.</summary>
    private async ValueTask<long> PresentAsync(
        DeltaSpace space, SpaceContents contents, List<ReferenceSample> samples, double maxRatio, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var deltas = contents.Items.Where(item => !item.IsWhole).Sum(item => item.Object.Stored.Size);
        var whole = contents.Items.Where(item => item.IsWhole).ToArray();
        if (contents.Reference is null) return whole.Sum(item => item.Size);
        if (whole.Length == 0) return contents.Reference.Size + deltas;
        using var held = await HoldAsync(space, progress, cancellationToken).ConfigureAwait(false);
        var further = new List<ReferenceSample>();
        try
        {
            var tried = samples.Where(sample => PlaceOf(sample) >= 0).ToList();
            if (held is not null && tried.Count < LeastSamples)
            {
                // Few files are whole, and the samples have missed them: perhaps what a run that was cut off has left.
                foreach (var item in ReferenceEstimate.Spread(whole.Length, LeastSamples).Select(place => whole[place]).Where(item => tried.TrueForAll(one => one.Item.Logical != item.Logical)))
                {
                    if (await LoadAsync(-1, item, progress, cancellationToken).ConfigureAwait(false) is { } sample) further.Add(sample);
                }

                tried.AddRange(further.Where(sample => PlaceOf(sample) >= 0));
                tried.Sort((one, other) => PlaceOf(one).CompareTo(PlaceOf(other)));
            }

            var costs = held is null ? [] : await CostsAsync(held.Lease.Reference, tried, -1, maxRatio, progress, cancellationToken).ConfigureAwait(false);
            return contents.Reference.Size + deltas + ReferenceEstimate.Total([.. whole.Select(item => item.Size)], held is null ? [] : [.. tried.Select(PlaceOf)], costs);
        }
        finally
        {
            foreach (var sample in further) sample.Dispose();
        }

        int PlaceOf(ReferenceSample sample) => Array.FindIndex(whole, item => item.Logical == sample.Item.Logical);
    }

    private async ValueTask<HeldReference?> HoldAsync(DeltaSpace space, IProgressSink? progress, CancellationToken cancellationToken)
    {
        try
        {
            return await references.FindAsync(space, space.ToString(), progress, cancellationToken).ConfigureAwait(false);
        }
        catch (DeltaGliderException e) when (Findings.Of(e.Kind) is not null)
        {
            return null; // it serves nobody
        }
    }

    private static async ValueTask<long[]> CostsAsync(
        IDeltaReference reference, List<ReferenceSample> samples, int own, double maxRatio, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var costs = samples.Select((sample, i) => i == own ? Task.FromResult(OwnDelta) : CostAsync(reference, sample, maxRatio, progress, cancellationToken)).ToArray();
        return await Task.WhenAll(costs).ConfigureAwait(false);
    }

    private static async Task<long> CostAsync(
        IDeltaReference reference, ReferenceSample sample, double maxRatio, IProgressSink? progress, CancellationToken cancellationToken)
    {
        using var delta = new DeltaBuffer((long)(sample.Item.Size * maxRatio));
        try
        {
            var bytes = sample.Bytes.OpenRead();
            await using var closing = bytes.ConfigureAwait(false);
            await reference.EncodeAsync(bytes, delta, cancellationToken).ConfigureAwait(false);
            progress?.Report(new ByteProgress(WorkPhase.Encoding, sample.Item.Logical.ToString(), sample.Item.Size, sample.Item.Size));
            return delta.Length;
        }
        catch (DeltaTooLargeException)
        {
            return sample.Item.Size;
        }
    }
}
