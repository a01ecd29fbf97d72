using DeltaGlider.Core.Rules;

namespace DeltaGlider.Core.Tests.Rules;

public sealed class ReferenceEstimateTests
{
    [Theory]
    [InlineData(5, 8, new[] { 0, 1, 2, 3, 4 })]
    [InlineData(9, 3, new[] { 0, 4, 8 })]
    [InlineData(10, 2, new[] { 0, 9 })]
    [InlineData(0, 8, new int[0])]
    public void Samples_are_evenly_spaced_with_the_first_and_the_last(int count, int wanted, int[] places) =>
        Assert.Equal(places, ReferenceEstimate.Spread(count, wanted));

    [Fact]
    public void An_object_counts_with_the_share_of_the_nearest_sample() =>
        Assert.Equal(10 + 20 + 90 + 180, ReferenceEstimate.Total([100, 200, 100, 200], [0, 3], [10, 180]));

    [Fact]
    public void The_reference_itself_says_nothing_of_others() =>
        Assert.Equal(1 + 100 + 50, ReferenceEstimate.Total([100, 200, 100], [0, 2], [1, 50], except: 0));

    [Fact]
    public void Without_a_sample_all_count_as_whole() => Assert.Equal(300, ReferenceEstimate.Total([100, 200], [], []));
}
