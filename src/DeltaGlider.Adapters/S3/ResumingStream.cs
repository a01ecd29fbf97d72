using Amazon.S3.Model;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Observability;

namespace DeltaGlider.Adapters.S3;

/// <summary>
/// An object's bytes, or a range of them, as they come over the network. Where they break off or stall, the rest of the
/// same version is asked for, a few times; then it is <see cref="ErrorKind.TransferBroken"/>. It never ends short.
/// </summary>
/// <param name="description">The whole object.</param>
/// <param name="start">The first byte of the range.</param>
/// <param name="end">What comes after its last byte.</param>
/// <param name="first">A response that begins at <paramref name="start"/> and may go on beyond <paramref name="end"/>; null where none is there yet.</param>
/// <param name="get">Asks for the bytes from the first to the second position, both included, of this version.</param>
/// <param name="store">The store's name in messages.</param>
internal sealed class ResumingStream(
    StoredObject description, long start, long end, GetObjectResponse? first, Func<long, long, CancellationToken, Task<GetObjectResponse>> get, string store) : Stream
{
    private const int MaxResumptions = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private GetObjectResponse? _response = first;
    private readonly long _start = start;
    private long _position = start;
    private int _resumed;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => end - _start;

    /// <inheritdoc/>
    public override long Position
    {
        get => _position - _start;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = buffer[..(int)Math.Min(buffer.Length, end - _position)];
        if (wanted.IsEmpty) return 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Exception? failure = null;
            try
            {
                _response ??= await ResumeAsync(cancellationToken).ConfigureAwait(false);
                var read = await ReadOnceAsync(_response.ResponseStream, wanted, cancellationToken).ConfigureAwait(false);
                _position += read;
                if (read > 0) return read;
            }
            catch (Exception e) when (IsWorthAnotherTry(e) && !cancellationToken.IsCancellationRequested)
            {
                failure = e;
            }

            _response?.Dispose();
            _response = null;
            if (++_resumed > MaxResumptions) throw Broken($"after {_position} of {description.Size} bytes, {MaxResumptions} times resumed", failure);
            Measures.BodyResumed();
            await Backoff.WaitAsync(_resumed, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _response?.Dispose();
        base.Dispose(disposing);
    }

    private static async ValueTask<int> ReadOnceAsync(Stream body, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Patience);
        return await body.ReadAsync(buffer, limited.Token).ConfigureAwait(false);
    }

    private static bool IsWorthAnotherTry(Exception e) =>
        e is DeltaGliderException known
            ? known.Nature == ErrorNature.Transient && known.Kind != ErrorKind.TransferBroken
            : S3Errors.IsConnectionFailure(e) || e is Amazon.Runtime.AmazonClientException;

    private async Task<GetObjectResponse> ResumeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var response = await get(_position, end - 1, cancellationToken).ConfigureAwait(false);
            if (response.ContentLength == end - _position && S3Descriptions.Bare(response.ETag) == description.ETag) return response;
            // A store that ignores ranges or If-Match would have other bytes appended here.
            response.Dispose();
            throw Replaced(null);
        }
        catch (DeltaGliderException e) when (e.Kind is ErrorKind.AlreadyExists or ErrorKind.ObjectNotFound)
        {
            throw Replaced(e);
        }
    }

    private DeltaGliderException Replaced(Exception? inner) => Broken($"after {_position} of {description.Size} bytes, and the object has been replaced since", inner);

    private DeltaGliderException Broken(string how, Exception? inner) =>
        new(ErrorKind.TransferBroken, description.Uri.ToString(), $"Reading '{description.Uri}' from {store} broke off {how}.", inner)
        {
            Advice = "Try again.",
        };
}
