using System.Collections.Immutable;

namespace DeltaGlider.Core.Model;

/// <summary>An object that was removed.</summary>
/// <param name="Uri">Its logical name.</param>
/// <param name="RemovedKeys">The keys that went.</param>
/// <param name="ReferenceRemoved">True when the deltaspace's reference went with its last delta.</param>
/// <param name="FreedBytes">The stored bytes freed in all.</param>
public sealed record RemoveObjectResult(S3Uri Uri, ImmutableArray<string> RemovedKeys, bool ReferenceRemoved, long FreedBytes);
