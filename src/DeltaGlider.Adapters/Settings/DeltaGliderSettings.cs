using System.Globalization;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using Microsoft.Extensions.Logging;

namespace DeltaGlider.Adapters.Settings;

/// <summary>
/// What the <c>DG_*</c> environment variables say. One that is unset or empty says nothing; one that makes no sense is an
/// error that names it, its value and what is allowed.
/// </summary>
public sealed record DeltaGliderSettings
{
    /// <summary>The variable of <see cref="MaxRatio"/>.</summary>
    public const string MaxRatioVariable = "DG_MAX_RATIO";

    /// <summary>The variable of <see cref="CacheMemoryBytes"/>, in MiB.</summary>
    public const string CacheMemoryVariable = "DG_CACHE_MEMORY_SIZE_MB";

    /// <summary>The variable of <see cref="LogLevel"/>.</summary>
    public const string LogLevelVariable = "DG_LOG_LEVEL";

    private const long MiB = 1024 * 1024;
    private const int LargestCache = 1024 * 1024;

    /// <summary>A delta of more than this share of its file is not worth having. 0 to 1.</summary>
    public double MaxRatio { get; init; } = DeltaPolicy.Default.MaxRatio;

    /// <summary>How many bytes of references are kept at hand.</summary>
    public long CacheMemoryBytes { get; init; } = 100 * MiB;

    /// <summary>From which level on the log is shown; null where nothing was said and the front end decides.</summary>
    public LogLevel? LogLevel { get; init; }

    /// <summary>Reads the variables through <paramref name="environment"/>, which answers null for one that is not set.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.InvalidArgument"/> for the first bad value.</exception>
    public static DeltaGliderSettings Read(Func<string, string?> environment)
    {
        var settings = new DeltaGliderSettings();
        if (ValueOf(environment, MaxRatioVariable) is { } ratio) settings = settings with { MaxRatio = ParseRatio(ratio) };
        if (ValueOf(environment, CacheMemoryVariable) is { } memory) settings = settings with { CacheMemoryBytes = ParseMemory(memory) };
        if (ValueOf(environment, LogLevelVariable) is { } level) settings = settings with { LogLevel = ParseLevel(level) };
        return settings;
    }

    private static string? ValueOf(Func<string, string?> environment, string name) =>
        environment(name) is { Length: > 0 } value ? value : null;

    private static double ParseRatio(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var ratio) && ratio is >= 0 and <= 1
            ? ratio
            : throw Bad(MaxRatioVariable, text, "a number from 0 to 1, such as 0.5");

    private static long ParseMemory(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes) && megabytes is >= 1 and <= LargestCache
            ? megabytes * MiB
            : throw Bad(CacheMemoryVariable, text, $"a whole number of MiB from 1 to {LargestCache}, such as 100");

    // The names of the Python tool, and those of .NET.
    private static LogLevel ParseLevel(string text) => text.Trim().ToUpperInvariant() switch
    {
        "TRACE" => Microsoft.Extensions.Logging.LogLevel.Trace,
        "DEBUG" => Microsoft.Extensions.Logging.LogLevel.Debug,
        "INFO" or "INFORMATION" => Microsoft.Extensions.Logging.LogLevel.Information,
        "WARNING" => Microsoft.Extensions.Logging.LogLevel.Warning,
        "ERROR" => Microsoft.Extensions.Logging.LogLevel.Error,
        "CRITICAL" => Microsoft.Extensions.Logging.LogLevel.Critical,
        "NONE" => Microsoft.Extensions.Logging.LogLevel.None,
        _ => throw Bad(LogLevelVariable, text, "TRACE, DEBUG, INFO, WARNING, ERROR, CRITICAL or NONE"),
    };

    private static DeltaGliderException Bad(string variable, string value, string allowed) => Fail.InvalidArgument(
        variable,
        $"The environment variable {variable} is '{value}'; allowed is {allowed}.",
        "Correct the variable, or remove it.");
}
