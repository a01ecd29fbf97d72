namespace DeltaGlider.Deep.Container;

/// <summary>What makes the next bytes of the target. The numbers are the format's.</summary>
internal enum OperationKind
{
    /// <summary>Bytes of the image as they are.</summary>
    Raw = 0,

    /// <summary>Bytes of the reference file.</summary>
    Copy = 1,

    /// <summary>Bytes of the image, deflated.</summary>
    Deflate = 2,

    /// <summary>The first part of what bytes of the image deflate to; the rest of the stream follows as raw bytes.</summary>
    DeflateStart = 3,
}
