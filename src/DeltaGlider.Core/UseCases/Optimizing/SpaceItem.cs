using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.UseCases.Optimizing;

/// <summary>An object that is a delta, or may become one.</summary>
internal sealed record SpaceItem(ResolvedObject Object)
{
    public S3Uri Logical => Object.Logical;

    public bool IsWhole => Object.Kind == StorageKind.Direct;

    public long Size => Object.Size;
}
