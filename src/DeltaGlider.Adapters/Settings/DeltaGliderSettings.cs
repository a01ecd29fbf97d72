using System.Globalization;
using DeltaGlider.Adapters.Cache;
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

    /// <summary>The variable of <see cref="DeltaFormat"/>.</summary>
    public const string DeltaFormatVariable = "DG_DELTA_FORMAT";

    /// <summary>The variable of <see cref="CacheMemoryBytes"/>, in MiB.</summary>
    public const string CacheMemoryVariable = "DG_CACHE_MEMORY_SIZE_MB";

    /// <summary>The variable of <see cref="CacheBackend"/>.</summary>
    public const string CacheBackendVariable = "DG_CACHE_BACKEND";

    /// <summary>The variable of <see cref="CacheFolder"/>.</summary>
    public const string CacheFolderVariable = "DG_CACHE_DIR";

    /// <summary>The variable of <see cref="CacheFolderBytes"/>, in MiB.</summary>
    public const string CacheFolderSizeVariable = "DG_CACHE_SIZE_MB";

    /// <summary>The variable of <see cref="CacheKey"/>.</summary>
    public const string CacheKeyVariable = "DG_CACHE_ENCRYPTION_KEY";

    /// <summary>The variable of <see cref="LogLevel"/>.</summary>
    public const string LogLevelVariable = "DG_LOG_LEVEL";

    private const long MiB = 1024 * 1024;
    private const int LargestCache = 1024 * 1024;
    private const int LargestFolder = 1024 * 1024 * 1024;

    /// <summary>A delta of more than this share of its file is not worth having. 0 to 1.</summary>
    public double MaxRatio { get; init; } = DeltaPolicy.Default.MaxRatio;

    /// <summary>In which format deltas are written.</summary>
    public DeltaFormat DeltaFormat { get; init; } = DeltaPolicy.Default.Format;

    /// <summary>How many bytes of references are kept at hand; and, apart from those, how many the memory backend keeps.</summary>
    public long CacheMemoryBytes { get; init; } = 100 * MiB;

    /// <summary>Where references are kept when they leave memory.</summary>
    public CacheBackend CacheBackend { get; init; } = CacheBackend.FileSystem;

    /// <summary>
    /// The folder that cache files are kept in; null for the usual one: the user's caches where there is a
    /// <see cref="CacheKey"/>, else the temporary folder.
    /// </summary>
    public string? CacheFolder { get; init; }

    /// <summary>How many bytes of disk the cache takes.</summary>
    public long CacheFolderBytes { get; init; } = 2048 * MiB;

    /// <summary>
    /// Encrypts cache files that stay, and that processes share; null where each process keeps its own under a key of its
    /// own. <see cref="ReferenceStorages.Open"/> takes it over: settings open one storage.
    /// </summary>
    public FernetKey? CacheKey { get; init; }

    /// <summary>From which level on the log is shown; null where nothing was said and the front end decides.</summary>
    public LogLevel? LogLevel { get; init; }

    /// <summary>Reads the variables through <paramref name="environment"/>, which answers null for one that is not set.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.InvalidArgument"/> for the first bad value.</exception>
    public static DeltaGliderSettings Read(Func<string, string?> environment)
    {
        var settings = new DeltaGliderSettings();
        if (ValueOf(environment, MaxRatioVariable) is { } ratio) settings = settings with { MaxRatio = ParseRatio(ratio) };
        if (ValueOf(environment, DeltaFormatVariable) is { } format) settings = settings with { DeltaFormat = ParseFormat(format) };
        if (ValueOf(environment, CacheMemoryVariable) is { } memory) settings = settings with { CacheMemoryBytes = ParseMegabytes(CacheMemoryVariable, memory, LargestCache, "100") };
        if (ValueOf(environment, CacheBackendVariable) is { } backend) settings = settings with { CacheBackend = ParseBackend(backend) };
        if (ValueOf(environment, CacheFolderVariable) is { } folder) settings = settings with { CacheFolder = ParseFolder(folder) };
        if (ValueOf(environment, CacheFolderSizeVariable) is { } size) settings = settings with { CacheFolderBytes = ParseMegabytes(CacheFolderSizeVariable, size, LargestFolder, "2048") };
        if (ValueOf(environment, LogLevelVariable) is { } level) settings = settings with { LogLevel = ParseLevel(level) };
        if (ValueOf(environment, CacheKeyVariable) is { } key) settings = settings with { CacheKey = ParseKey(key) };
        return settings;
    }

    private static string? ValueOf(Func<string, string?> environment, string name) =>
        environment(name) is { Length: > 0 } value ? value : null;

    private static double ParseRatio(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var ratio) && ratio is >= 0 and <= 1
            ? ratio
            : throw Bad(MaxRatioVariable, text, "a number from 0 to 1, such as 0.5");

    private static DeltaFormat ParseFormat(string text) => text.Trim().ToUpperInvariant() switch
    {
        "VCDIFF" => DeltaFormat.Vcdiff,
        "DEEP" => DeltaFormat.Deep,
        "AUTO" => DeltaFormat.Auto,
        _ => throw Bad(DeltaFormatVariable, text, "Vcdiff, Deep or Auto"),
    };

    private static long ParseMegabytes(string variable, string text, int largest, string example) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes) && megabytes >= 1 && megabytes <= largest
            ? megabytes * MiB
            : throw Bad(variable, text, $"a whole number of MiB from 1 to {largest}, such as {example}");

    private static CacheBackend ParseBackend(string text) => text.Trim().ToUpperInvariant() switch
    {
        "FILESYSTEM" => CacheBackend.FileSystem,
        "MEMORY" => CacheBackend.Memory,
        _ => throw Bad(CacheBackendVariable, text, "filesystem or memory"),
    };

    private static string ParseFolder(string text) =>
        Path.IsPathFullyQualified(text) ? Path.GetFullPath(text) : throw Bad(CacheFolderVariable, text, "the full path of a folder");

    // The one value that no message repeats.
    private static FernetKey ParseKey(string text) => FernetKey.TryParse(text, out var key) ? key : throw Fail.InvalidArgument(
        CacheKeyVariable,
        $"The environment variable {CacheKeyVariable} holds no Fernet key; allowed is the URL-safe base64 of 32 bytes: 44 characters, of which the last is '='.",
        "Correct the variable, or remove it.");

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
