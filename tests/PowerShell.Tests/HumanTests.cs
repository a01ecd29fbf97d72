using System.Globalization;
using DeltaGlider.Output;

namespace DeltaGlider.PowerShell.Tests;

public sealed class HumanTests : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;

    public HumanTests() => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

    public void Dispose() => CultureInfo.CurrentCulture = _before;

    [Theory]
    [InlineData(null, "")]
    [InlineData(0L, "0 B")]
    [InlineData(1023L, "1023 B")]
    [InlineData(1024L, "1,0 KiB")]
    [InlineData(-1536L, "-1,5 KiB")]
    [InlineData(1048524L, "1023,9 KiB")]
    [InlineData(1048570L, "1,0 MiB")]
    [InlineData(long.MaxValue, "8,0 EiB")]
    public void A_size_is_told_in_the_largest_unit_of_which_it_has_one(long? bytes, string told) => Assert.Equal(told, Human.Size(bytes));

    [Theory]
    [InlineData(null, "")]
    [InlineData(99.96, "100,0%")]
    [InlineData(-0.01, "0,0%")]
    public void A_percentage_has_one_digit_and_zero_no_sign(double? percent, string told) => Assert.Equal(told, Human.Percent(percent));

    [Fact]
    public void A_time_is_the_local_one_whatever_the_culture()
    {
        var utc = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

        Assert.Equal(utc.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), Human.Time(utc));
        Assert.Equal("", Human.Time(null));
    }
}
