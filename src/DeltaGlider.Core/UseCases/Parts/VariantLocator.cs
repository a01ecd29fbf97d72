using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>Finds what a logical name stands for: the object of that key, or the delta beside it.</summary>
internal sealed class VariantLocator
{
    // A look at two keys is not one moment: an overwrite in between, from one variant to the other, shows neither.
    private const int Looks = 3;

    private readonly IObjectReader _store;
    private readonly TransferGate _transfers;

    public VariantLocator(IObjectReader store, TransferGate transfers)
    {
        _store = store;
        _transfers = transfers;
    }

    /// <summary>The object of that name.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.ObjectNotFound"/> when there is none, or one of the
    /// kinds that say why what is there cannot be had under this name.</exception>
    public async ValueTask<ResolvedObject> LocateAsync(S3Uri logical, CancellationToken cancellationToken)
    {
        for (var look = 1; look <= Looks; look++)
        {
            if (await FindAsync(logical, cancellationToken).ConfigureAwait(false) is { } found) return found;
        }

        if (StoreLimits.HasRoomForDelta(logical)
            && await FindDeltaOrThrowAsync(logical, cancellationToken).ConfigureAwait(false) is { } late) return late;
        throw Fail.ObjectNotFound(logical);
    }

    /// <summary>The object of that name; null when there is none.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.ReservedKey"/> when the name is a delta's own.</exception>
    public async ValueTask<ResolvedObject?> FindAsync(S3Uri logical, CancellationToken cancellationToken)
    {
        using var lane = _transfers.TryEnter();
        var directTask = _store.FindAsync(logical, cancellationToken).AsTask();
        if (lane is null) await ((Task)directTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var deltaTask = StoreLimits.HasRoomForDelta(logical)
            ? _store.FindAsync(DeltaSpace.DeltaOf(logical), cancellationToken).AsTask()
            : Task.FromResult<StoredObject?>(null);
        await Task.WhenAll(directTask, deltaTask).ConfigureAwait(false);

        var direct = Interpret(logical, await directTask.ConfigureAwait(false));
        if (direct?.Kind == StorageKind.Delta) throw Fail.IsADelta(logical);
        var delta = Interpret(logical, await deltaTask.ConfigureAwait(false));
        if (delta?.Kind != StorageKind.Delta) return direct;
        if (direct is null) return delta;
        return VariantChoice.DeltaWins(direct.Stored, direct.Metadata, delta.Stored, delta.Metadata)
            ? delta with { Superseded = direct.Stored }
            : direct with { Superseded = delta.Stored };
    }

    /// <summary>
    /// What the name stands for where another variant lies beside the one that was just written; null where none does,
    /// which is the rule and takes one request.
    /// </summary>
    /// <param name="logical">The name.</param>
    /// <param name="written">Where the variant was written.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<ResolvedObject?> FindBesideAsync(S3Uri logical, S3Uri written, CancellationToken cancellationToken)
    {
        if (written == logical && !StoreLimits.HasRoomForDelta(logical)) return null;
        var other = written == logical ? DeltaSpace.DeltaOf(logical) : logical;
        if (await _store.FindAsync(other, cancellationToken).ConfigureAwait(false) is null) return null;
        return await FindAsync(logical, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a stored object's role from its key and metadata.</summary>
    public static ResolvedObject? Interpret(S3Uri logical, StoredObject? stored)
    {
        if (stored is null) return null;
        var metadata = MetadataReader.Read(stored.Metadata);
        var kind = DeltaSpace.IsReferenceKey(stored.Uri.Key) && metadata.IsDeltaGlider ? StorageKind.Reference
            : DeltaSpace.IsDeltaKey(stored.Uri.Key) && IsDeltaLike(metadata) ? StorageKind.Delta
            : StorageKind.Direct;
        return new ResolvedObject(logical, kind, stored, metadata);
    }

    // Half of a delta's metadata is still a delta's: reading it says what is missing, rather than to hand out its bytes.
    private static bool IsDeltaLike(ObjectMetadata metadata) =>
        metadata.IsDelta || (metadata.IsDeltaGlider && (metadata.DeltaSize ?? (object?)metadata.ReferenceKey ?? metadata.ReferencePath) is not null);

    // The delta may have come after all; else what is there in its place may be one that lost its metadata.
    private async ValueTask<ResolvedObject?> FindDeltaOrThrowAsync(S3Uri logical, CancellationToken cancellationToken)
    {
        var delta = DeltaSpace.DeltaOf(logical);
        if (await _store.FindAsync(delta, cancellationToken).ConfigureAwait(false) is not { } stored) return null;
        if (Interpret(logical, stored) is { Kind: StorageKind.Delta } late) return late;
        OpenedObject opened;
        try
        {
            opened = await _store.OpenAsync(delta, cancellationToken).ConfigureAwait(false);
        }
        catch (DeltaGliderException e) when (e.Kind == ErrorKind.ObjectNotFound)
        {
            return null;
        }

        await using var closing = opened.ConfigureAwait(false);
        if (Interpret(logical, opened.Description) is { Kind: StorageKind.Delta } later) return later;
        return await PeekForDeltaAsync(opened, cancellationToken).ConfigureAwait(false) ? throw Fail.OrphanedDelta(delta) : null;
    }

    private static async ValueTask<bool> PeekForDeltaAsync(OpenedObject opened, CancellationToken cancellationToken)
    {
        var stream = await Bytes.PeekedStream.OpenAsync(opened.Content, DeltaMagic.Length, cancellationToken).ConfigureAwait(false);
        await using var closing = stream.ConfigureAwait(false);
        return DeltaMagic.Starts(stream.Start.Span);
    }
}
