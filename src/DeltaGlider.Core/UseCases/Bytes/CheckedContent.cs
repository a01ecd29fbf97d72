using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Core.UseCases.Bytes;

/// <summary>
/// Content whose SHA-256 is already promised in metadata. Read from start to end, it fails before its last bytes are
/// handed out if they are not the promised ones, so that an upload of them cannot complete.
/// </summary>
internal sealed class CheckedContent : IContent
{
    private readonly IContent _inner;
    private readonly Sha256Digest _promised;
    private readonly Func<Exception> _onMismatch;

    public CheckedContent(IContent inner, Sha256Digest promised, Func<Exception> onMismatch)
    {
        _inner = inner;
        _promised = promised;
        _onMismatch = onMismatch;
    }

    public long Length => _inner.Length;

    public async ValueTask<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        var stream = await _inner.OpenAsync(cancellationToken).ConfigureAwait(false);
        return new CheckedStream(stream, Length, _promised, _onMismatch);
    }
}
