using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Bytes;
using DeltaGlider.Core.UseCases.Parts;

namespace DeltaGlider.Core.UseCases.Optimizing;

/// <summary>Brings an object's original bytes into memory, checked, to be stored in another way.</summary>
internal sealed class OriginalReader(ObjectRestorer restorer, MetadataWriter metadata)
{
    /// <summary>
    /// Reads an object. Which version that was is in the result: a later one than was asked for, where a writer was faster.
    /// </summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.ChecksumMismatch"/> and the others that say why it cannot
    /// be had.</exception>
    public async ValueTask<OriginalObject> ReadAsync(ResolvedObject source, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var buffer = new DeltaBuffer(long.MaxValue);
        try
        {
            var restored = await restorer.RestoreAsync(source, buffer, progress, cancellationToken).ConfigureAwait(false);
            if (restored.IsMismatch) throw Fail.ChecksumMismatch(source.Logical, restored.Expected!, restored.Actual);
            if (restored.Expected is null) throw Fail.MetadataIncomplete(restored.Source.Stored.Uri, "SHA-256 of the file");
            var digest = await ContentHasher.HashAsync(buffer, null, cancellationToken).ConfigureAwait(false);
            var file = FileOf(restored.Source, buffer, digest);
            return new OriginalObject(restored.Source, buffer, file, WholeOf(restored.Source, file));
        }
        catch
        {
            await buffer.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The same version stored whole, where nothing is under its name.</summary>
    private PutRequest WholeOf(ResolvedObject source, SourceFile file)
    {
        var described = metadata.ForDirect(source.Logical, file.Digest, ObjectVersion.TimeOf(source.Stored, source.Metadata), file.Facts);
        return new PutRequest(source.Logical, file.Content, described)
        {
            Condition = PutCondition.IfAbsent,
            ContentType = file.ContentType,
            StorageClass = source.Stored.StorageClass,
        };
    }

    private static SourceFile FileOf(ResolvedObject source, DeltaBuffer bytes, ContentDigest digest)
    {
        var name = source.Logical.ToString();
        var made = ObjectVersion.TimeOf(source.Stored, source.Metadata);
        var facts = new FileFacts(source.Metadata.Modified, source.Metadata.User);
        var type = source.Kind == StorageKind.Direct ? source.Stored.ContentType : null;
        return new SourceFile(new LocalFile(name, IsFolder: false, digest.Length, made), bytes, digest, facts, type ?? ContentTypes.Of(source.Logical.Name));
    }
}
