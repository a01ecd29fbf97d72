using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.UseCases.Parts.Stats;

/// <summary>Adds up what is seen of one deltaspace.</summary>
/// <param name="space">The deltaspace.</param>
/// <param name="isPartial">True when only some of its keys are listed, perhaps without the reference.</param>
/// <param name="withDays">Also day by day.</param>
internal sealed class SpaceTally(DeltaSpace space, bool isPartial, bool withDays)
{
    private readonly MedianSketch _ratios = new();
    private readonly DayTally? _days = withDays ? new DayTally() : null;
    private long _deltas;
    private long _direct;
    private long _references;
    private long _referenceSize;
    private long _storedSize;
    private long _directSize;
    private long _knownDeltas;
    private long _knownSize;
    private long _sameAsReference;
    private long _unsized;

    /// <summary>How many deltas the listing has shown so far; counted by whoever goes through it.</summary>
    public long DeltasListed { get; set; }

    /// <summary>The reference.</summary>
    public void AddReference(ListedObject reference)
    {
        _references++;
        _referenceSize += reference.Size;
        _storedSize += reference.Size;
        _days?.AddStored(reference.LastModified, reference.Size);
    }

    /// <summary>A file stored whole.</summary>
    public void AddDirect(long size, DateTimeOffset added)
    {
        _direct++;
        _directSize += size;
        _storedSize += size;
        _days?.Add(added, size, size);
    }

    /// <summary>A delta whose metadata was looked at.</summary>
    public void AddDelta(ResolvedObject delta, DateTimeOffset added)
    {
        var stored = delta.Stored.Size;
        _deltas++;
        _storedSize += stored;
        var isOfReference = delta.Metadata.FileSha256 is { } sha256 && sha256 == delta.Metadata.ReferenceSha256;
        if (delta.Size > 0)
        {
            _knownDeltas++;
            _knownSize += delta.Size;
            if (!isOfReference) _ratios.Add((double)stored / delta.Size);
            _days?.Add(added, delta.Size, stored);
        }
        else if (isOfReference)
        {
            // The proxy leaves the size out now and then; here the reference has it, which may be listed later.
            _sameAsReference++;
            _days?.AddStored(added, stored);
        }
        else
        {
            AddUnknown(stored, added);
        }
    }

    /// <summary>A delta that was not looked at.</summary>
    public void AddUnseenDelta(ListedObject delta)
    {
        _deltas++;
        _storedSize += delta.Size;
        AddUnknown(delta.Size, delta.LastModified);
    }

    /// <summary>What an overwrite that was cut off has left: it takes room and is no file.</summary>
    public void AddSuperseded(long size) => _storedSize += size;

    /// <summary>What it comes to; days go into <paramref name="days"/>.</summary>
    public DeltaSpaceStatistics Finish(DayTally? days)
    {
        var guess = _knownDeltas > 0 ? _knownSize / _knownDeltas : _referenceSize;
        var known = _directSize + _knownSize + (_sameAsReference * _referenceSize);
        _days?.AddGuessed(guess);
        if (_days is not null) days?.Merge(_days);
        var figures = new StorageFigures
        {
            Deltas = _deltas,
            Direct = _direct,
            References = _references,
            TotalSize = known + (_unsized * guess),
            StoredSize = _storedSize,
            ReferenceSize = _referenceSize,
            DirectSize = _directSize,
            IsEstimate = _unsized > 0 || (_sameAsReference > 0 && _references == 0),
        };
        var median = _ratios.Median();
        return new DeltaSpaceStatistics(space, figures, median, Health(median));
    }

    private void AddUnknown(long stored, DateTimeOffset added)
    {
        _unsized++;
        _days?.AddUnknown(added, stored);
    }

    private DeltaSpaceHealth Health(double? median)
    {
        if (isPartial) return DeltaSpaceHealth.Unrated;
        if (_deltas > 0 && _references == 0) return DeltaSpaceHealth.NoReference;
        if (_deltas == 0 && _references > 0) return DeltaSpaceHealth.Orphan;
        return median switch
        {
            null => DeltaSpaceHealth.Unrated,
            <= 0.1 => DeltaSpaceHealth.Excellent,
            <= 0.25 => DeltaSpaceHealth.Good,
            <= 0.5 => DeltaSpaceHealth.Fair,
            _ => DeltaSpaceHealth.Poor,
        };
    }
}
