using System.Collections.Immutable;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.UseCases.Parts.Stats;

/// <summary>
/// Adds up what was added day by day. Days before S3 was, or still to come, are somebody's wrong clock: they count as the
/// first or the last one, so that there are only so many.
/// </summary>
internal sealed class DayTally
{
    private static readonly DateOnly First = new(2006, 3, 14);
    private static readonly DateOnly Last = new(2100, 12, 31);

    private readonly Dictionary<DateOnly, Figures> _days = [];

    /// <summary>A file.</summary>
    public void Add(DateTimeOffset added, long size, long stored) => Change(added, day => day with { Objects = day.Objects + 1, Size = day.Size + size, Stored = day.Stored + stored });

    /// <summary>A file whose size is not known.</summary>
    public void AddUnknown(DateTimeOffset added, long stored) => Change(added, day => day with { Unknown = day.Unknown + 1, Stored = day.Stored + stored });

    /// <summary>What is stored for no file in particular, or for one that was counted.</summary>
    public void AddStored(DateTimeOffset added, long stored) => Change(added, day => day with { Stored = day.Stored + stored });

    /// <summary>Counts each file of unknown size as one of <paramref name="size"/> bytes.</summary>
    public void AddGuessed(long size)
    {
        foreach (var (day, figures) in _days.Where(pair => pair.Value.Unknown > 0).ToList())
            _days[day] = figures with { Objects = figures.Objects + figures.Unknown, Size = figures.Size + (figures.Unknown * size), Unknown = 0 };
    }

    /// <summary>Takes over what another one has.</summary>
    public void Merge(DayTally other)
    {
        foreach (var (day, more) in other._days)
        {
            var figures = _days.GetValueOrDefault(day);
            _days[day] = new Figures(figures.Objects + more.Objects, figures.Size + more.Size, figures.Stored + more.Stored, figures.Unknown + more.Unknown);
        }
    }

    /// <summary>The days, the earliest first.</summary>
    public ImmutableArray<DayFigures> ToDays() =>
        [.. _days.OrderBy(pair => pair.Key).Select(pair => new DayFigures(pair.Key, pair.Value.Objects, pair.Value.Size, pair.Value.Stored))];

    private void Change(DateTimeOffset added, Func<Figures, Figures> change)
    {
        var day = DateOnly.FromDateTime(added.UtcDateTime);
        if (day < First) day = First;
        if (day > Last) day = Last;
        _days[day] = change(_days.GetValueOrDefault(day));
    }

    private readonly record struct Figures(long Objects, long Size, long Stored, long Unknown);
}
