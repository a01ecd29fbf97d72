using DeltaGlider.Core.Rules;

namespace DeltaGlider.Core.Tests.Rules;

/// <summary>The whole truth table: every combination of what can be known, and of what was asked.</summary>
public sealed class SyncRuleTests
{
    private static readonly TimeRelation?[] AnyTimes = [null, TimeRelation.Equal, TimeRelation.SourceNewer, TimeRelation.DestinationNewer];
    private static readonly ContentRelation?[] AnyContent = [null, ContentRelation.Same, ContentRelation.Differs, ContentRelation.Unknown];

    /// <summary>2 x 2 x 4 x 4 facts, 4 modes, with and without leave to replace what is newer: 512 rows.</summary>
    public static TheoryData<bool, bool, TimeRelation?, ContentRelation?, SyncMode, bool> Table
    {
        get
        {
            var rows = new TheoryData<bool, bool, TimeRelation?, ContentRelation?, SyncMode, bool>();
            foreach (var exists in new[] { false, true })
                foreach (var sameSize in new[] { false, true })
                    foreach (var times in AnyTimes)
                        foreach (var content in AnyContent)
                            foreach (var mode in Enum.GetValues<SyncMode>())
                                foreach (var replaceNewer in new[] { false, true })
                                    rows.Add(exists, sameSize, times, content, mode, replaceNewer);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Every_row_is_as_written_down(bool exists, bool sameSize, TimeRelation? times, ContentRelation? content, SyncMode mode, bool replaceNewer)
    {
        var verdict = SyncRule.Decide(new SyncFacts(exists, sameSize, times, content), mode, replaceNewer);

        Assert.Equal(Expected(exists, sameSize, times, content, mode, replaceNewer), verdict);
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void What_is_newer_is_replaced_only_with_leave(bool exists, bool sameSize, TimeRelation? times, ContentRelation? content, SyncMode mode, bool replaceNewer)
    {
        var verdict = SyncRule.Decide(new SyncFacts(exists, sameSize, times, content), mode, replaceNewer);

        if (exists && times is null or TimeRelation.DestinationNewer && !replaceNewer) Assert.False(exists && SyncRule.IsCopy(verdict));
        if (content == ContentRelation.Same && sameSize && times is not null && mode is SyncMode.Times or SyncMode.Checksum && exists && sameSize && content == ContentRelation.Same)
            Assert.NotEqual(SyncVerdict.ContentDiffers, verdict);
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Asking_ends(bool exists, bool sameSize, TimeRelation? times, ContentRelation? content, SyncMode mode, bool replaceNewer)
    {
        var facts = new SyncFacts(exists, sameSize, times, content);
        for (var question = 0; ; question++)
        {
            var verdict = SyncRule.Decide(facts, mode, replaceNewer);
            if (verdict == SyncVerdict.NeedTimes) facts = Unanswered(facts.Times, facts) with { Times = TimeRelation.SourceNewer };
            else if (verdict == SyncVerdict.NeedContent) facts = Unanswered(facts.Content, facts) with { Content = ContentRelation.Unknown };
            else break;
            Assert.InRange(question, 0, 1);
        }
    }

    [Theory]
    [InlineData(0, TimeRelation.Equal)]
    [InlineData(9_999, TimeRelation.Equal)]
    [InlineData(10_000, TimeRelation.SourceNewer)]
    [InlineData(-9_999, TimeRelation.Equal)]
    [InlineData(-10_000, TimeRelation.DestinationNewer)]
    public void Times_less_than_a_millisecond_apart_are_the_same(long ticks, TimeRelation expected)
    {
        var time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

        Assert.Equal(expected, SyncRule.Relate(time.AddTicks(ticks), time));
    }

    private static SyncFacts Unanswered<T>(T? known, SyncFacts facts)
        where T : struct
    {
        Assert.Null(known);
        return facts;
    }

    // Written down once more, from the promises rather than from the code: first what differs, then what that means.
    private static SyncVerdict Expected(bool exists, bool sameSize, TimeRelation? times, ContentRelation? content, SyncMode mode, bool replaceNewer)
    {
        if (!exists) return SyncVerdict.Missing;
        SyncVerdict difference;
        if (!sameSize) difference = SyncVerdict.SizeDiffers;
        else if (mode == SyncMode.SizeOnly) return SyncVerdict.Same;
        else if (mode != SyncMode.Checksum && times is null) return SyncVerdict.NeedTimes;
        else if (mode != SyncMode.Checksum && times == TimeRelation.Equal) return SyncVerdict.Same;
        else if (mode == SyncMode.ExactTimestamps) difference = SyncVerdict.TimeDiffers;
        else if (content is null) return SyncVerdict.NeedContent;
        else if (content == ContentRelation.Same) return SyncVerdict.Same;
        else if (content == ContentRelation.Unknown && mode == SyncMode.Times && times == TimeRelation.DestinationNewer) return SyncVerdict.Same;
        else difference = content == ContentRelation.Unknown && mode == SyncMode.Times ? SyncVerdict.TimeDiffers : SyncVerdict.ContentDiffers;

        if (replaceNewer || times is TimeRelation.Equal or TimeRelation.SourceNewer) return difference;
        return times is null ? SyncVerdict.NeedTimes : SyncVerdict.DestinationNewer;
    }
}
