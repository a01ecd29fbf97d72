namespace DeltaGlider.Core.Ports;

/// <summary>A place for bytes on their way, that nobody else can read. Written once, then read; disposed, it is gone.</summary>
public interface IScratchFile : IContent, IAsyncDisposable
{
    /// <summary>Takes the bytes; to be flushed before they are read.</summary>
    Stream Stream { get; }
}
