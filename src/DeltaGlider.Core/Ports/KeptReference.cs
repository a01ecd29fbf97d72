namespace DeltaGlider.Core.Ports;

/// <summary>A reference's bytes, opened in an <see cref="IReferenceStorage"/>.</summary>
/// <param name="Content">The bytes, to be read once; not seekable.</param>
/// <param name="Length">How many there are.</param>
public sealed record KeptReference(Stream Content, long Length) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
