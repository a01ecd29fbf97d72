using DeltaGlider.Adapters.Settings;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using Microsoft.Extensions.Logging;

namespace DeltaGlider.Cli.Tests;

public sealed class SettingsTests
{
    [Fact]
    public void Nothing_said_gives_the_defaults()
    {
        var settings = DeltaGliderSettings.Read(_ => null);

        Assert.Equal((0.5, 100L << 20, null), (settings.MaxRatio, settings.CacheMemoryBytes, settings.LogLevel));
        Assert.Equal(settings, DeltaGliderSettings.Read(_ => ""));
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    [InlineData("0.25", 0.25)]
    public void A_ratio_is_a_number_from_0_to_1(string text, double expected) =>
        Assert.Equal(expected, Read(DeltaGliderSettings.MaxRatioVariable, text).MaxRatio);

    [Theory]
    [InlineData("vcdiff", DeltaFormat.Vcdiff)]
    [InlineData("Deep", DeltaFormat.Deep)]
    [InlineData("AUTO", DeltaFormat.Auto)]
    public void A_format_is_named_in_any_case(string text, DeltaFormat expected) =>
        Assert.Equal(expected, Read(DeltaGliderSettings.DeltaFormatVariable, text).DeltaFormat);

    [Fact]
    public void The_cache_is_told_in_mebibytes() =>
        Assert.Equal(3L << 20, Read(DeltaGliderSettings.CacheMemoryVariable, "3").CacheMemoryBytes);

    [Theory]
    [InlineData("INFO", LogLevel.Information)]
    [InlineData("debug", LogLevel.Debug)]
    [InlineData("Warning", LogLevel.Warning)]
    [InlineData("CRITICAL", LogLevel.Critical)]
    public void A_level_is_named_in_any_case(string text, LogLevel expected) =>
        Assert.Equal(expected, Read(DeltaGliderSettings.LogLevelVariable, text).LogLevel);

    [Theory]
    [InlineData(DeltaGliderSettings.MaxRatioVariable, "-0.1")]
    [InlineData(DeltaGliderSettings.MaxRatioVariable, "NaN")]
    [InlineData(DeltaGliderSettings.MaxRatioVariable, "0,5")]
    [InlineData(DeltaGliderSettings.MaxRatioVariable, "50%")]
    [InlineData(DeltaGliderSettings.CacheMemoryVariable, "0")]
    [InlineData(DeltaGliderSettings.CacheMemoryVariable, "-1")]
    [InlineData(DeltaGliderSettings.CacheMemoryVariable, "1.5")]
    [InlineData(DeltaGliderSettings.CacheMemoryVariable, "99999999999")]
    [InlineData(DeltaGliderSettings.LogLevelVariable, "2")]
    [InlineData(DeltaGliderSettings.DeltaFormatVariable, "zip")]
    [InlineData(DeltaGliderSettings.DeltaFormatVariable, "1")]
    public void A_bad_value_is_an_error_that_names_it_and_what_is_allowed(string variable, string value)
    {
        var error = Assert.Throws<DeltaGliderException>(() => Read(variable, value));

        Assert.Equal((ErrorKind.InvalidArgument, variable), (error.Kind, error.Subject));
        Assert.Contains($"{variable} is '{value}'; allowed is ", error.Message, StringComparison.Ordinal);
    }

    private static DeltaGliderSettings Read(string variable, string value) =>
        DeltaGliderSettings.Read(name => name == variable ? value : null);
}
