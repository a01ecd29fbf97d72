using DeltaGlider.Core.Model;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Folders;

namespace DeltaGlider.Core.UseCases;

/// <summary>
/// Brings what is below a prefix into DeltaGlider's form, from a bucket of any tool: deltaspace by deltaspace, of each the
/// oldest first, so that it becomes the reference; each copy is read back and compared. What is there already is passed
/// over, so that a run that was cut off goes on where it ended. Nothing is ever removed from the source.
/// </summary>
public sealed class Migrate
{
    private readonly StoreParts _source;
    private readonly SyncFolder _sync;

    internal Migrate(StoreParts source, SyncFolder sync)
    {
        _source = source;
        _sync = sync;
    }

    /// <summary>Counts what is to be migrated, by listing it once.</summary>
    /// <exception cref="Errors.DeltaGliderException">What the store reports.</exception>
    public async ValueTask<MigrationSurvey> SurveyAsync(FolderRequest request, CancellationToken cancellationToken)
    {
        var prefix = request.Source.UriOf("");
        var (objects, bytes) = (0L, 0L);
        await foreach (var page in _source.Store.ListAsync(new ListRequest(prefix.Bucket, prefix.Key), cancellationToken).ConfigureAwait(false))
        {
            foreach (var listed in page.Objects)
            {
                if (DeltaSpace.IsInternalKey(listed.Key)) continue;
                var isReference = DeltaSpace.IsReferenceKey(listed.Key);
                var name = (DeltaSpace.IsDeltaKey(listed.Key) ? DeltaSpace.LogicalKeyOf(listed.Key) : listed.Key)[prefix.Key.Length..];
                if (name.Length == 0 || (!isReference && !request.Filter.Includes(name))) continue;
                bytes += listed.Size;
                if (!isReference) objects++;
            }
        }

        return new MigrationSurvey(objects, bytes);
    }

    /// <summary>Migrates; what is wrong with one object is in its result, and the others go on.</summary>
    /// <exception cref="Errors.DeltaGliderException">As <see cref="SyncFolder.RunAsync"/>.</exception>
    public IAsyncEnumerable<FolderStepResult> RunAsync(FolderRequest request, FolderHandlers handlers, CancellationToken cancellationToken) =>
        _sync.RunAsync(request with { Mode = SyncMode.Times, OldestFirst = true, Delete = false }, handlers, cancellationToken);
}
