using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Adapters.S3;

/// <summary>
/// AWS S3, or a store that speaks as it does. Requests that fail for the moment are repeated by the SDK; a conditional
/// one that meets its own earlier success is recognized as such.
/// </summary>
public sealed class S3Store : IObjectStore, IBucketCare, IDisposable
{
    private readonly S3Client _client;
    private readonly S3Reader _reader;
    private readonly S3Writer _writer;
    private readonly S3Remover _remover;
    private readonly MultipartUpload _multipart;
    private readonly S3Uploads _uploads;
    private readonly S3Links _links;
    private readonly S3Buckets _buckets;
    private readonly ConditionProbe _probe;
    private readonly long _multipartThreshold;

    /// <summary>Opens the store; <see cref="StoreConnector"/> makes the client.</summary>
    internal S3Store(S3Client client, S3ConnectionOptions options, TimeProvider time)
    {
        _client = client;
        var gate = options.Gate ?? new TransferGate();
        _reader = new S3Reader(client, options, gate);
        _writer = new S3Writer(client, _reader, time, options.Encryption);
        _remover = new S3Remover(client, _reader);
        _uploads = new S3Uploads(client);
        _links = new S3Links(client, time);
        _buckets = new S3Buckets(client);
        _probe = new ConditionProbe(_writer, _remover);
        _multipart = new MultipartUpload(client, _reader, gate, options.PartSize, options.Encryption);
        _multipartThreshold = Math.Min(options.MultipartThreshold, S3Writer.MaxBytes);
    }

    /// <summary>True for AWS itself.</summary>
    internal bool IsAws => _client.IsAws;

    /// <summary>The region of a bucket; null where the store does not say.</summary>
    internal async Task<string?> RegionOfAsync(string bucket, CancellationToken cancellationToken)
    {
        var head = new Amazon.S3.Model.HeadBucketRequest { BucketName = bucket };
        return (await _client.AskBucketAsync(new S3Uri(bucket, ""), s3 => s3.HeadBucketAsync(head, cancellationToken), cancellationToken).ConfigureAwait(false)).BucketRegion;
    }

    /// <inheritdoc/>
    public ValueTask<StoredObject?> FindAsync(S3Uri uri, CancellationToken cancellationToken)
    {
        StoreLimits.CheckKey(uri);
        return _reader.FindAsync(uri, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<OpenedObject> OpenAsync(S3Uri uri, CancellationToken cancellationToken)
    {
        StoreLimits.CheckKey(uri);
        return _reader.OpenAsync(uri, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ListPage> ListAsync(ListRequest request, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(request.PageSize, Math.Clamp(request.PageSize, 1, 1000));
        return _reader.ListAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<BucketInfo> ListBucketsAsync(CancellationToken cancellationToken) => _reader.ListBucketsAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StoredObject> PutAsync(PutRequest request, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        StoreLimits.Check(request);
        if (request.IfMatch is not null) return _writer.ReplaceAsync(request, progress, cancellationToken);
        if (request.Condition == PutCondition.None)
        {
            return request.Content.Length > _multipartThreshold
                ? _multipart.PutAsync(request, progress, cancellationToken)
                : _writer.PutAsync(request, progress, cancellationToken);
        }

        if (_probe.FoundNone) return PutWhereNothingIsAsync(request, progress, cancellationToken);

        // In one piece as long as one PUT can take it: Ceph ignores the condition when parts are put together.
        if (request.Content.Length <= S3Writer.MaxBytes) return _writer.PutAsync(request, progress, cancellationToken);
        if (_client.IsAws) return _multipart.PutAsync(request, progress, cancellationToken);
        throw new DeltaGliderException(
            ErrorKind.StoreRefused, request.Target.ToString(), $"'{request.Target}' cannot be created safely at {_client.Name}: it is over 5 GiB, and nothing but AWS is known to create such objects only once.");
    }

    /// <inheritdoc/>
    public ValueTask<bool> CreatesOnlyOnceAsync(string bucket, CancellationToken cancellationToken) =>
        _client.IsAws ? ValueTask.FromResult(true) : _probe.WorksAsync(bucket, cancellationToken);

    /// <inheritdoc/>
    public ValueTask CreateBucketAsync(string bucket, CancellationToken cancellationToken) => _writer.CreateBucketAsync(bucket, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(S3Uri uri, string? ifMatch, CancellationToken cancellationToken)
    {
        StoreLimits.CheckKey(uri);
        return _remover.DeleteAsync(uri, ifMatch, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<PendingUpload> ListUploadsAsync(string bucket, CancellationToken cancellationToken) => _uploads.ListAsync(bucket, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<bool> AbortUploadAsync(PendingUpload upload, CancellationToken cancellationToken)
    {
        await _uploads.AbortAsync(upload, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <inheritdoc/>
    public ValueTask<Uri> PresignAsync(PresignRequest request, CancellationToken cancellationToken)
    {
        StoreLimits.CheckKey(request.Uri);
        return _links.PresignAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DeleteBucketAsync(string bucket, CancellationToken cancellationToken) => _buckets.DeleteAsync(bucket, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<BucketAcl> GetAclAsync(string bucket, CancellationToken cancellationToken) => _buckets.GetAclAsync(bucket, cancellationToken);

    /// <inheritdoc/>
    public ValueTask SetAclAsync(string bucket, AclChange change, CancellationToken cancellationToken) => _buckets.SetAclAsync(bucket, change, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _probe.Dispose();
        _client.Dispose();
    }

    // A look and then a write is the most that can be had of a store that ignores conditions.
    private async ValueTask<StoredObject> PutWhereNothingIsAsync(PutRequest request, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        if (await _reader.FindAsync(request.Target, cancellationToken).ConfigureAwait(false) is not null) throw S3Errors.AlreadyThere(request.Target);
        return await PutAsync(request with { Condition = PutCondition.None }, progress, cancellationToken).ConfigureAwait(false);
    }
}
