namespace DeltaGlider.Deep.Deflate;

/// <summary>How content is written to .NET's DeflateStream: its result depends on that.</summary>
public enum DotNetWriting
{
    /// <summary>By <see cref="Stream.CopyTo(Stream)"/>, in pieces of 131,072 bytes.</summary>
    Copied,

    /// <summary>All in one call.</summary>
    Whole,
}
