using DeltaGlider.Core.Model;
using DeltaGlider.Core.Observability;

namespace DeltaGlider.Adapters.S3;

/// <summary>What the network side of one call to the SDK is told, and tells.</summary>
internal sealed class RequestTrace
{
    private int _sent;

    /// <summary>The object that the request's path names; null for a request about a bucket.</summary>
    public S3Uri? Target { get; set; }

    /// <summary>True when the request went out more than once: the later one may have met what the earlier one did.</summary>
    public bool WasRepeated => Volatile.Read(ref _sent) > 1;

    /// <summary>Counts one sending.</summary>
    public void Add()
    {
        if (Interlocked.Increment(ref _sent) > 1) Measures.RequestRepeated();
    }
}
