using DeltaGlider.Core.Ports;

namespace DeltaGlider.Core.UseCases.Optimizing;

/// <summary>An object in memory, to be tried as reference of others and as file of others.</summary>
/// <param name="Place">Its place among the objects.</param>
/// <param name="Item">The object.</param>
/// <param name="Bytes">Its bytes, which can be indexed.</param>
internal sealed record ReferenceSample(int Place, SpaceItem Item, IDeltaReference Bytes) : IDisposable
{
    public void Dispose() => Bytes.Dispose();
}
