using Amazon.S3.Model;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Adapters.S3;

/// <summary>
/// An object's bytes as they come over the network. Where they break off or stall, the rest of the same version is asked
/// for, a few times; then it is <see cref="ErrorKind.TransferBroken"/>. It never ends short.
/// </summary>
internal sealed class ResumingStream(
    StoredObject description, GetObjectResponse first, Func<long, CancellationToken, Task<GetObjectResponse>> getFrom, string store) : Stream
{
    private const int MaxResumptions = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private GetObjectResponse? _response = first;
    private long _position;
    private int _resumed;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => description.Size;

    /// <inheritdoc/>
    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = buffer[..(int)Math.Min(buffer.Length, description.Size - _position)];
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
            await Task.Delay(Pause * _resumed, cancellationToken).ConfigureAwait(false);
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
            var response = await getFrom(_position, cancellationToken).ConfigureAwait(false);
            if (response.ContentLength == description.Size - _position && S3Descriptions.Bare(response.ETag) == description.ETag) return response;
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
