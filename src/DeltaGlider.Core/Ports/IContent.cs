namespace DeltaGlider.Core.Ports;

/// <summary>Bytes that can be read more than once: an upload that is tried again starts anew.</summary>
public interface IContent
{
    /// <summary>How many bytes every opening yields.</summary>
    long Length { get; }

    /// <summary>
    /// Opens the bytes at their start. The stream is seekable, belongs to the caller, and yields exactly
    /// <see cref="Length"/> bytes or throws; several may be open at once.
    /// </summary>
    ValueTask<Stream> OpenAsync(CancellationToken cancellationToken);
}
