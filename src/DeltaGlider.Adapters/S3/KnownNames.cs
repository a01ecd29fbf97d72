using Amazon;

namespace DeltaGlider.Adapters.S3;

/// <summary>What a front end can offer before there is a connection.</summary>
public static class KnownNames
{
    /// <summary>The profiles of the AWS configuration files, of that which <paramref name="options"/> name where they name one.</summary>
    public static IReadOnlyList<string> Profiles(S3ConnectionOptions options, Func<string, string?> environment) =>
        [.. new ProfileFiles(options, environment).Names.Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The regions that AWS has, each with its name in words.</summary>
    public static IReadOnlyList<(string Name, string Words)> Regions() =>
        [.. RegionEndpoint.EnumerableAllRegions.Select(region => (region.SystemName, region.DisplayName)).OrderBy(region => region.SystemName, StringComparer.Ordinal)];
}
