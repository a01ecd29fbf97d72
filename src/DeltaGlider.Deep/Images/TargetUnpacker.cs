using System.Collections.Immutable;
using DeltaGlider.Deep.Container;
using DeltaGlider.Deep.Deflate;
using DeltaGlider.Deep.Finding;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Deep.Images;

/// <summary>Unpacks the target's members and finds the encoders that pack them again bit for bit.</summary>
internal sealed class TargetUnpacker : IDisposable
{
    // Members of one archive mostly come from few encoders: the largest ones tell which.
    private const int FirstLook = 4;

    // So many large members of encoders that are not known, and the others are hardly worth the time.
    private const int LastLook = 16;

    private readonly IReadOnlyList<Segment> _segments;
    private readonly ImmutableArray<FoundStream> _streams;
    private readonly int _degreeOfParallelism;
    private readonly ImageBuilder _builder;
    private readonly List<int> _partOf = [];
    private readonly Dictionary<int, EncoderMatch> _matches = [];

    /// <param name="target">The target.</param>
    /// <param name="segments">All of it.</param>
    /// <param name="streams">Its members.</param>
    /// <param name="degreeOfParallelism">Members worked on at once.</param>
    public TargetUnpacker(SourceBuffer target, IReadOnlyList<Segment> segments, ImmutableArray<FoundStream> streams, int degreeOfParallelism)
    {
        _segments = segments;
        _streams = streams;
        _degreeOfParallelism = degreeOfParallelism;
        var parts = new List<ImagePart>();
        foreach (var segment in segments)
        {
            _partOf.Add(segment.IsCopy ? -1 : parts.Count);
            if (segment.IsCopy) continue;
            parts.Add(segment.Stream < 0 ? ImagePart.Raw(segment.Offset, segment.Length) : new ImagePart(segment.Offset, segment.Length, streams[segment.Stream].PlainLength, true));
        }

        _builder = new ImageBuilder(target, parts, degreeOfParallelism);
    }

    /// <summary>Does it. <paramref name="report"/> is told how many compressed bytes have been dealt with.</summary>
    public TargetUnpacking Run(Action<long>? report, CancellationToken cancellationToken)
    {
        _builder.Fill(cancellationToken);
        FindEncoders(report, cancellationToken);
        var operations = ImmutableArray.CreateBuilder<TargetOperation>(_segments.Count);
        var encoders = new List<DeflateParameters>();
        var unpacked = ImmutableArray.CreateBuilder<FoundStream>();
        var kept = ImmutableArray.CreateBuilder<FoundStream>();
        for (var i = 0; i < _segments.Count; i++)
        {
            var segment = _segments[i];
            if (segment.IsCopy)
            {
                operations.Add(new TargetOperation(OperationKind.Copy, segment.Length, segment.Reference));
                continue;
            }

            if (!_matches.TryGetValue(_partOf[i], out var match))
            {
                if (segment.Stream >= 0) kept.Add(_streams[segment.Stream]);
                AddRaw(operations, segment.Length);
                continue;
            }

            var number = encoders.IndexOf(match.Encoder);
            if (number < 0)
            {
                number = encoders.Count;
                encoders.Add(match.Encoder);
            }

            var plain = _builder.Parts[_partOf[i]].PlainLength;
            unpacked.Add(_streams[segment.Stream]);
            if (match.IsExact)
            {
                operations.Add(new TargetOperation(OperationKind.Deflate, plain, Encoder: number));
                continue;
            }

            // Its end is something else: the encoder's is cut off, and the true one follows.
            var tail = (int)(segment.Length - match.EqualBytes);
            _builder.KeepTail(_partOf[i], tail);
            operations.Add(new TargetOperation(OperationKind.DeflateStart, plain, Encoder: number, Kept: match.EqualBytes));
            if (tail > 0) AddRaw(operations, tail);
        }

        return new TargetUnpacking(_builder.Finish(), operations.ToImmutable(), [.. encoders], unpacked.ToImmutable(), kept.ToImmutable(), Shares());
    }

    public void Dispose() => _builder.Dispose();

    private static void AddRaw(ImmutableArray<TargetOperation>.Builder operations, long length)
    {
        if (operations.Count > 0 && operations[^1] is { Kind: OperationKind.Raw } last) operations[^1] = last with { Length = last.Length + length };
        else operations.Add(new TargetOperation(OperationKind.Raw, length));
    }

    /// <summary>In an order that does not depend on how many work at it, so that what is found does not either.</summary>
    private void FindEncoders(Action<long>? report, CancellationToken cancellationToken)
    {
        var parts = Enumerable.Range(0, _builder.Parts.Count).Where(part => _builder.Parts[part].IsInflated)
            .OrderByDescending(part => _builder.Parts[part].Length).ThenBy(part => part).ToList();
        Look(parts.Take(FirstLook), DeflateEncoders.All);
        Look(parts.Skip(FirstLook).Take(LastLook - FirstLook), Likeliest());
        if (_matches.Count > 0) Look(parts.Skip(LastLook), Likeliest());
        foreach (var part in parts.Where(part => !_matches.ContainsKey(part))) _builder.KeepRaw(part);

        void Look(IEnumerable<int> some, ImmutableArray<DeflateParameters> encoders)
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = _degreeOfParallelism, CancellationToken = cancellationToken };
            Parallel.ForEach(some, options, part =>
            {
                var match = EncoderTrial.Find(encoders, _builder.Deflated(part), _builder.Plain(part), cancellationToken);
                lock (_matches)
                {
                    if (match is not null) _matches[part] = match;
                    report?.Invoke(_builder.Parts[part].Length);
                }
            });
        }
    }

    private ImmutableArray<DeflateParameters> Likeliest()
    {
        var seen = _matches.Values.GroupBy(match => match.Encoder)
            .OrderByDescending(group => group.Count()).ThenBy(group => DeflateEncoders.All.IndexOf(group.Key)).Select(group => group.Key).ToList();
        return [.. seen, .. DeflateEncoders.All.Except(seen)];
    }

    private ImmutableArray<EncoderShare> Shares() =>
    [
        .. _matches.Values.GroupBy(match => match.Encoder.Id).OrderByDescending(group => group.Sum(match => match.EqualBytes))
            .Select(group => new EncoderShare(group.Key, group.Count(), group.Sum(match => match.EqualBytes))),
    ];
}
