using System.Collections.Immutable;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Adapters.S3;

/// <summary>
/// Finds out, once per connection, whether a store other than AWS refuses to create what is there already: an empty object
/// in the tool's own part of the bucket is created twice.
/// </summary>
internal sealed class ConditionProbe(S3Writer writer, S3Remover remover) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private bool? _works;

    /// <summary>True when it is known that conditions are ignored.</summary>
    public bool FoundNone => _works == false;

    /// <summary>True when a creation is refused where something is.</summary>
    public async ValueTask<bool> WorksAsync(string bucket, CancellationToken cancellationToken)
    {
        if (_works is { } known) return known;
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _works ??= await TryAsync(bucket, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async ValueTask<bool> TryAsync(string bucket, CancellationToken cancellationToken)
    {
        var uri = new S3Uri(bucket, $"{DeltaSpace.InternalPrefix}tmp/{Guid.NewGuid():n}_probe");
        var request = new PutRequest(uri, new Nothing(), ImmutableDictionary<string, string>.Empty) { Condition = PutCondition.IfAbsent };
        try
        {
            await writer.PutAsync(request, null, cancellationToken).ConfigureAwait(false);
        }
        catch (DeltaGliderException e) when (e.Kind is ErrorKind.StoreRefused or ErrorKind.InvalidArgument or ErrorKind.AccessDenied)
        {
            // The header is refused, or this place is: as long as nothing is known, nothing is relied upon.
            return false;
        }

        try
        {
            await writer.PutAsync(request, null, cancellationToken).ConfigureAwait(false);
            return false;
        }
        catch (DeltaGliderException e) when (e.Kind == ErrorKind.AlreadyExists)
        {
            return true;
        }
        finally
        {
            await TryRemoveAsync(uri, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask TryRemoveAsync(S3Uri uri, CancellationToken cancellationToken)
    {
        try
        {
            await remover.DeleteAsync(uri, null, cancellationToken).ConfigureAwait(false);
        }
        catch (DeltaGliderException)
        {
            // Empty, and where temporary objects are looked for.
        }
    }

    private sealed class Nothing : IContent
    {
        public long Length => 0;

        public ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) => ValueTask.FromResult<Stream>(new MemoryStream([], writable: false));
    }
}
