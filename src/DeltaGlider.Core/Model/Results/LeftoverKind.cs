namespace DeltaGlider.Core.Model;

/// <summary>What has been left in a bucket.</summary>
public enum LeftoverKind
{
    /// <summary>A file restored for a link that has expired.</summary>
    Temporary,

    /// <summary>The copy of a reference that a removal, cut off, has left, and that nothing needs.</summary>
    Spare,

    /// <summary>An upload that was begun and neither finished nor given up.</summary>
    Upload,
}
