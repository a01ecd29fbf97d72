using Amazon.Runtime;

namespace DeltaGlider.Adapters.S3;

/// <summary>Credentials, and in words where they were found.</summary>
internal sealed record ResolvedCredentials(AWSCredentials Credentials, string Source)
{
    /// <inheritdoc/>
    public override string ToString() => Source;
}
