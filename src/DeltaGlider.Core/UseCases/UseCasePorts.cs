using DeltaGlider.Core.Ports;
using Microsoft.Extensions.Logging;

namespace DeltaGlider.Core.UseCases;

/// <summary>What the use cases stand on. Whoever makes them owns what is in it.</summary>
/// <param name="Store">Where objects lie.</param>
/// <param name="Codec">Makes and applies deltas.</param>
/// <param name="Cache">Keeps references at hand, in memory.</param>
/// <param name="Files">The machine's files.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logs">Where decisions are told.</param>
public sealed record UseCasePorts(
    IObjectStore Store,
    IDeltaCodec Codec,
    IReferenceCache Cache,
    ILocalFiles Files,
    TimeProvider Time,
    ILoggerFactory Logs)
{
    /// <summary>Keeps references below the <see cref="Cache"/>; null where nothing does.</summary>
    public IReferenceStorage? Storage { get; init; }

    /// <summary>The machine's folders; null where only single files are dealt with.</summary>
    public ILocalFolders? Folders { get; init; }

    /// <summary>What the store offers besides keeping objects.</summary>
    public IBucketCare Care { get; init; } = new NoBucketCare();

    /// <summary>What bounds the work that goes on at the same time.</summary>
    public TransferGate Transfers { get; init; } = new();
}
