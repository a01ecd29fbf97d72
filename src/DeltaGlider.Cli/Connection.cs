using DeltaGlider.Adapters.S3;

namespace DeltaGlider.Cli;

/// <summary>Which store is meant; null where the environment or a profile decides.</summary>
/// <param name="EndpointUrl">Its address.</param>
/// <param name="Profile">The profile with the credentials.</param>
/// <param name="Region">Its region.</param>
internal sealed record Connection(string? EndpointUrl, string? Profile, string? Region)
{
    /// <summary>How the store is to encrypt what it takes; null for what the bucket says.</summary>
    public ServerSideEncryption? Encryption { get; init; }
}
