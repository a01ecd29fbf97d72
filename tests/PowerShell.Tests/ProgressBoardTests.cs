using DeltaGlider.Base;
using DeltaGlider.Core.Model;
using Microsoft.Extensions.Time.Testing;

namespace DeltaGlider.PowerShell.Tests;

public sealed class ProgressBoardTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Queue<Action> _posted = [];
    private readonly ProgressBoard _board;
    private int _written;

    public ProgressBoardTests() => _board = new ProgressBoard(_posted.Enqueue, _ => _written++, "Copy-DGObject", _time);

    [Fact]
    public void It_shows_at_most_five_changes_a_second_for_all_items_together()
    {
        using var one = _board.Begin();
        using var other = _board.Begin();

        for (var millisecond = 0; millisecond < 1000; millisecond++)
        {
            one.Report(At(millisecond));
            other.Report(At(millisecond));
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(5, Pumped());
    }

    [Fact]
    public void What_was_shown_is_taken_away_at_the_end()
    {
        using (var item = _board.Begin()) item.Report(At(1));

        Assert.Equal(2, Pumped());
    }

    [Fact]
    public void What_was_never_shown_needs_no_end()
    {
        using (_board.Begin())
        {
        }

        Assert.Equal(0, Pumped());
    }

    [Fact]
    public void What_stands_when_the_work_is_cut_off_is_cleared()
    {
        using var item = _board.Begin();
        item.Report(At(1));
        Pumped();

        _board.Clear();
        _board.Clear();

        Assert.Equal(2, _written);
    }

    [Theory]
    [InlineData(512, 1024L, ": 512 B of ")]
    [InlineData(512, null, ": 512 B")]
    [InlineData(0, null, "")]
    public void It_tells_what_is_done_and_the_bytes(long done, long? total, string bytes)
    {
        var told = ItemProgress.Describe(new ByteProgress(WorkPhase.Uploading, "s3://bkt/k", done, total));

        Assert.StartsWith("Storing s3://bkt/k" + bytes, told, StringComparison.Ordinal);
        Assert.Equal(total is not null, told.Contains(" of ", StringComparison.Ordinal));
    }

    private static ByteProgress At(long done) => new(WorkPhase.Uploading, "s3://bkt/k", done, 1000);

    private int Pumped()
    {
        while (_posted.TryDequeue(out var call)) call();
        return _written;
    }
}
