using DeltaGlider.Core.Rules;

namespace DeltaGlider.Core.Tests.Rules;

public sealed class DeleteGuardTests
{
    [Theory]
    [InlineData(0, 0, true, 5, null, false, null)]
    [InlineData(0, 9, false, 0, null, false, null)]
    [InlineData(1, 9, false, 0, null, false, null)]
    [InlineData(8, 9, false, 0, 8L, false, null)]
    [InlineData(9, 9, false, 0, null, true, null)]
    [InlineData(9, 9, true, 0, null, true, null)]
    [InlineData(1, 9, false, 1, null, false, "1 thing failed before")]
    [InlineData(1, 9, false, 2, null, true, "2 things failed before")]
    [InlineData(9, 9, false, 0, null, false, "everything")]
    [InlineData(1, 1, false, 0, null, false, "everything the destination has, 1 thing")]
    [InlineData(8, 9, true, 0, null, false, "as if it were missing")]
    [InlineData(8, 9, false, 0, 7L, false, "8 things would go, and at most 7")]
    [InlineData(8, 9, false, 0, 7L, true, "at most 7")]
    [InlineData(1, 9, false, 0, 0L, true, "at most 0")]
    public void Says_why_nothing_may_be_removed(long removals, long present, bool sourceIsEmpty, long failures, long? maxDelete, bool force, string? expected)
    {
        var why = DeleteGuard.WhyNot(removals, present, sourceIsEmpty, failures, maxDelete, force);

        if (expected is null) Assert.Null(why);
        else Assert.Contains(expected, why, StringComparison.Ordinal);
    }

    [Fact]
    public void No_force_removes_after_a_failure_or_over_the_limit()
    {
        foreach (var removals in new long[] { 1, 5, 10 })
            foreach (var sourceIsEmpty in new[] { false, true })
            {
                Assert.NotNull(DeleteGuard.WhyNot(removals, 10, sourceIsEmpty, 1, null, force: true));
                Assert.NotNull(DeleteGuard.WhyNot(removals, 10, sourceIsEmpty, 0, removals - 1, force: true));
            }
    }
}
