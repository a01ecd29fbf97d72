using DeltaGlider.Core.UseCases.Parts.Stats;

namespace DeltaGlider.Core.Tests.UseCases.Stats;

public sealed class MedianSketchTests
{
    [Theory]
    [InlineData(new double[0], null)]
    [InlineData(new[] { 0.25 }, 0.25)]
    [InlineData(new[] { 0.75, 0.25 }, 0.5)]
    [InlineData(new[] { 1, 0.125, 0.5 }, 0.5)]
    public void Few_values_have_their_median(double[] values, double? median)
    {
        var sketch = new MedianSketch();
        foreach (var value in values) sketch.Add(value);
        Assert.Equal(median, sketch.Median());
    }

    [Theory]
    [InlineData(8_192, 0.0001)]
    [InlineData(8_193, 0.02)]
    [InlineData(1_000_000, 0.02)]
    public void Many_have_about_theirs(int count, double tolerance)
    {
        var sketch = new MedianSketch();
        var random = new Random(5);
        var values = new double[count];
        for (var i = 0; i < count; i++) sketch.Add(values[i] = random.NextDouble());
        Array.Sort(values);
        Assert.Equal((values[(count - 1) / 2] + values[count / 2]) / 2, sketch.Median()!.Value, tolerance);
    }
}
