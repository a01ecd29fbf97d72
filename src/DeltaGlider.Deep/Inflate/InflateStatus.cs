namespace DeltaGlider.Deep.Inflate;

/// <summary>How inflating a stream ended.</summary>
internal enum InflateStatus
{
    /// <summary>The stream's last block was read to its end.</summary>
    Ended,

    /// <summary>The room for the content is used up, and the stream goes on.</summary>
    OutputFull,

    /// <summary>The input ends in the middle of the stream.</summary>
    Truncated,

    /// <summary>The bits are none that RFC 1951 allows.</summary>
    Damaged,
}
