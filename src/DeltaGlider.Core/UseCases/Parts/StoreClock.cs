using System.Collections.Immutable;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.UseCases.Bytes;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>
/// How old an object is by the clock of the store, which dated it. This machine's may be hours ahead, and to think somebody
/// dead who is not would be a loss.
/// </summary>
internal sealed class StoreClock
{
    private readonly IObjectStore _store;
    private readonly TimeProvider _time;

    public StoreClock(IObjectStore store, TimeProvider time) => (_store, _time) = (store, time);

    /// <summary>
    /// True when the object is certainly older than that. Only where our own clock says so is the store's asked: a small
    /// object is written, looked at and removed. Where that cannot be done, nothing is certain.
    /// </summary>
    public async ValueTask<bool> IsOlderAsync(StoredObject stored, TimeSpan age, CancellationToken cancellationToken)
    {
        if (_time.GetUtcNow() - stored.LastModified <= age) return false;
        var now = stored.Uri.WithKey($"{DeltaSpace.InternalPrefix}tmp/{Guid.NewGuid():n}_clock");
        try
        {
            using var nothing = new DeltaBuffer(0);
            await _store.PutAsync(new PutRequest(now, nothing, ImmutableDictionary<string, string>.Empty), null, cancellationToken).ConfigureAwait(false);
            var written = await _store.FindAsync(now, cancellationToken).ConfigureAwait(false);
            await _store.DeleteAsync(now, null, cancellationToken).ConfigureAwait(false);
            return written is not null && written.LastModified - stored.LastModified > age;
        }
        catch (DeltaGliderException)
        {
            return false;
        }
    }
}
