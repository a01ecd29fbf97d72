using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Ports;

/// <summary>An object being read: its description and its bytes are of one and the same version.</summary>
public sealed class OpenedObject : IAsyncDisposable
{
    private readonly IDisposable? _owner;

    /// <summary>Wraps a response; <paramref name="owner"/>, where given, is disposed after the stream.</summary>
    public OpenedObject(StoredObject description, Stream content, IDisposable? owner = null)
    {
        Description = description;
        Content = content;
        _owner = owner;
    }

    /// <summary>The object whose bytes these are. <see cref="StoredObject.Size"/> is the whole object's.</summary>
    public StoredObject Description { get; }

    /// <summary>
    /// The bytes, forward only. Ending early is an error the stream reports itself: it never ends as if complete.
    /// </summary>
    public Stream Content { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync().ConfigureAwait(false);
        _owner?.Dispose();
    }
}
