using DeltaGlider.Core.Ports;

namespace DeltaGlider.Core.UseCases.Bytes;

/// <summary>A loaded reference as something to upload again.</summary>
internal sealed class ReferenceContent : IContent
{
    private readonly IDeltaReference _reference;

    public ReferenceContent(IDeltaReference reference) => _reference = reference;

    public long Length => _reference.Length;

    public ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_reference.OpenRead());
}
