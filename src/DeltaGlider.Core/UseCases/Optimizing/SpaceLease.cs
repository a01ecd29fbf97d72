using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Bytes;
using Microsoft.Extensions.Logging;

namespace DeltaGlider.Core.UseCases.Optimizing;

/// <summary>
/// Says that this process re-encodes a deltaspace, and that no other does. It is renewed as long as the process lives; one
/// that is not is a dead process's, and the next one takes it over.
/// </summary>
internal sealed partial class SpaceLease : IAsyncDisposable
{
    private const string OwnerName = "dg-owner";
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Dead = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    private readonly IObjectStore _store;
    private readonly S3Uri _uri;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly string _owner;
    private long _seen;
    private Task _renewing = Task.CompletedTask;

    private SpaceLease(IObjectStore store, S3Uri uri, TimeProvider time, string owner)
    {
        _store = store;
        _uri = uri;
        _time = time;
        _owner = owner;
        _seen = time.GetTimestamp();
    }

    /// <summary>Takes the lease, if need be after it was seen that nobody renews the one that is there.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.Contended"/>: another process is at work.</exception>
    public static async ValueTask<SpaceLease> TakeAsync(IObjectStore store, DeltaSpace space, TimeProvider time, ILogger log, CancellationToken cancellationToken)
    {
        var uri = SpaceLeaseKey.Of(space);
        var owner = Guid.NewGuid().ToString("n");
        StoredObject? seen = null;
        for (var since = time.GetTimestamp(); ;)
        {
            try
            {
                await store.PutAsync(Request(uri, owner) with { Condition = PutCondition.IfAbsent }, null, cancellationToken).ConfigureAwait(false);
                var lease = new SpaceLease(store, uri, time, owner);
                lease._renewing = lease.RenewAsync();
                return lease;
            }
            catch (DeltaGliderException e) when (e.Kind == ErrorKind.AlreadyExists)
            {
            }

            var present = await store.FindAsync(uri, cancellationToken).ConfigureAwait(false);
            if (present is null) continue;
            if (seen is null) Watched(log, space, uri);
            else if (seen.ETag != present.ETag) throw Busy(space);
            seen ??= present;
            if (time.GetElapsedTime(since) > Dead) await store.DeleteAsync(uri, seen.ETag, cancellationToken).ConfigureAwait(false);
            else await Task.Delay(Look, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Passes while the lease is this process's: to be asked before anything goes.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.Contended"/>: it was taken over.</exception>
    public async ValueTask EnsureHeldAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_time.GetElapsedTime(_seen) < Fresh) return;
            var asked = _time.GetTimestamp();
            if (await FindOwnAsync(cancellationToken).ConfigureAwait(false) is null) throw Lost();
            _seen = asked;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
        using var grace = new CancellationTokenSource(Grace, _time);
        try
        {
            if (await FindOwnAsync(grace.Token).ConfigureAwait(false) is { } own) await _store.DeleteAsync(_uri, own.ETag, grace.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DeltaGliderException or OperationCanceledException)
        {
            // The next process finds out that nobody renews it.
        }

        _end.Dispose();
        _turn.Dispose();
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever keeps it from being renewed, the next look before a delete tells.")]
    private async Task RenewAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(Renewal, _time, _end.Token).ConfigureAwait(false);
                await _turn.WaitAsync(_end.Token).ConfigureAwait(false);
                try
                {
                    var asked = _time.GetTimestamp();
                    if (await FindOwnAsync(_end.Token).ConfigureAwait(false) is null) return;
                    using var grace = new CancellationTokenSource(Grace, _time); // cut off, it might arrive when the lease has ended
                    await _store.PutAsync(Request(_uri, _owner), null, grace.Token).ConfigureAwait(false);
                    _seen = asked;
                }
                catch (DeltaGliderException)
                {
                }
                finally
                {
                    _turn.Release();
                }
            }
        }
        catch (Exception)
        {
        }
    }

    private async ValueTask<StoredObject?> FindOwnAsync(CancellationToken cancellationToken) =>
        await _store.FindAsync(_uri, cancellationToken).ConfigureAwait(false) is { } present && present.Metadata.GetValueOrDefault(OwnerName) == _owner ? present : null;

    // Other bytes each time, so that whoever watches sees another ETag.
    private static PutRequest Request(S3Uri uri, string owner) =>
        new(uri, new SmallContent(RandomNumberGenerator.GetBytes(16)), ImmutableDictionary<string, string>.Empty.Add(OwnerName, owner));

    private DeltaGliderException Lost() =>
        new(ErrorKind.Contended, _uri.ToString(), $"Another process has taken {_uri} over: this one was silent for too long.")
        {
            Safe = "Every object is readable.",
            Advice = "Run it again when the other one is done.",
        };

    private static DeltaGliderException Busy(DeltaSpace space) =>
        new(ErrorKind.Contended, space.ToString(), $"Another process is re-encoding {space}.")
        {
            Safe = "Nothing was changed.",
            Advice = "Run it again when the other one is done.",
        };

    [LoggerMessage(131, LogLevel.Warning, "{Space}: {Lease} says that it is being re-encoded; whether the process that began still lives takes half a minute to see.")]
    private static partial void Watched(ILogger log, DeltaSpace space, S3Uri lease);
}
