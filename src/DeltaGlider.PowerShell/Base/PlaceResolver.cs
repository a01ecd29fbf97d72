using System.Management.Automation;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Base;

/// <summary>
/// Reads what users name: <c>s3://</c> URIs to the letter, everything else as a path of PowerShell's FileSystem provider,
/// relative to its current location. To be used on the pipeline thread.
/// </summary>
internal sealed class PlaceResolver(PathIntrinsics paths)
{
    private const string FileSystem = "FileSystem";

    /// <summary>A path to read from: wildcards in a local one may name several files.</summary>
    public IReadOnlyList<Place> Expand(string text)
    {
        if (S3Uri.LooksLike(text)) return [Remote(text)];
        var (resolved, provider) = Guard(text, () =>
        {
            var found = paths.GetResolvedProviderPathFromPSPath(text, out var itsProvider);
            return (found, itsProvider);
        });
        EnsureFileSystem(text, provider);
        if (resolved.Count == 0) throw NothingMatches(text);
        return [.. resolved.Select(path => new Place(null, path))];
    }

    /// <summary>A path whose characters all stand for themselves. It need not exist.</summary>
    public Place Literal(string text)
    {
        if (S3Uri.LooksLike(text)) return Remote(text);
        var (path, provider) = Guard(text, () =>
        {
            var found = paths.GetUnresolvedProviderPathFromPSPath(text, out var itsProvider, out _);
            return (found, itsProvider);
        });
        EnsureFileSystem(text, provider);

        // The separator at the end means "into" and has to survive.
        var into = text[^1] == '/' || text[^1] == Path.DirectorySeparatorChar;
        return new Place(null, into && !Path.EndsInDirectorySeparator(path) ? path + Path.DirectorySeparatorChar : path);
    }

    /// <summary>A URI that has to be one.</summary>
    public static S3Uri Uri(string text) => S3Uri.TryParse(text, out var uri)
        ? uri
        : throw Fail.InvalidArgument(text, $"'{text}' is not an S3 URI.", "Write it as s3://bucket/key.");

    private static Place Remote(string text) => new(Uri(text), null);

    private static void EnsureFileSystem(string text, ProviderInfo provider)
    {
        if (provider.Name == FileSystem) return;
        throw Fail.InvalidArgument(text, $"{text} belongs to the provider {provider.Name}, and only files can be copied.", "Name a file, or an object as s3://bucket/key.");
    }

    private static DeltaGliderException NothingMatches(string text) =>
        new(ErrorKind.FileNotFound, text, $"No file matches {text}.")
        {
            Safe = "Nothing was changed.",
            Advice = "Check the path; a name with [ or ] in it is given with -LiteralPath.",
        };

    private static (T Found, ProviderInfo Provider) Guard<T>(string text, Func<(T, ProviderInfo)> resolve)
    {
        try
        {
            return resolve();
        }
        catch (ItemNotFoundException)
        {
            throw WildcardPattern.ContainsWildcardCharacters(text) ? NothingMatches(text) : Fail.FileNotFound(text);
        }
        catch (Exception e) when (e is System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or ProviderInvocationException or NotSupportedException or PSArgumentException)
        {
            throw Fail.InvalidArgument(text, $"{text} cannot be read as a path: {e.Message}", "Name a file, or an object as s3://bucket/key.");
        }
    }
}
