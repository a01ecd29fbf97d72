using System.Management.Automation;
using DeltaGlider.Core.Errors;

namespace DeltaGlider.Credentials;

/// <summary>
/// The region of a session: text, or the <c>RegionEndpoint</c> of another copy of the AWS SDK, which knows its own name.
/// </summary>
internal static class SessionRegion
{
    /// <summary>The region's name, or null where nothing was set.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.InvalidArgument"/> for anything else.</exception>
    public static string? Read(object? value, string place)
    {
        var bare = value is PSObject wrapped ? wrapped.BaseObject : value;
        return bare switch
        {
            null => null,
            string text => string.IsNullOrWhiteSpace(text) ? null : text,
            _ => bare.GetType().GetProperty("SystemName")?.GetValue(bare) as string ?? throw Fail.InvalidArgument(
                place, $"{place} is a {bare.GetType().FullName}, and no region.", "Set it with Set-DefaultAWSRegion, or give -Region."),
        };
    }
}
