using DeltaGlider.Core.Ports;

namespace DeltaGlider.Adapters.S3;

/// <summary>An open store, and in words how it was reached, for a debug line.</summary>
public sealed class StoreConnection(IObjectStore store, IBucketCare care, string description) : IDisposable
{
    /// <summary>The store.</summary>
    public IObjectStore Store { get; } = store;

    /// <summary>What it offers besides keeping objects.</summary>
    public IBucketCare Care { get; } = care;

    /// <summary>Endpoint, region and where the credentials came from; no secret.</summary>
    public string Description { get; } = description;

    /// <inheritdoc/>
    public void Dispose() => (Store as IDisposable)?.Dispose();
}
