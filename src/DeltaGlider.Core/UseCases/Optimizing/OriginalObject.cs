using DeltaGlider.Core.Model;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Bytes;
using DeltaGlider.Core.UseCases.Parts;

namespace DeltaGlider.Core.UseCases.Optimizing;

/// <summary>An object's bytes in memory.</summary>
/// <param name="Source">The version that was read.</param>
/// <param name="Bytes">The file's bytes.</param>
/// <param name="File">The same as something to store.</param>
/// <param name="Whole">What stores it whole, as the same version, where nothing is under its name.</param>
internal sealed record OriginalObject(ResolvedObject Source, DeltaBuffer Bytes, SourceFile File, PutRequest Whole) : IDisposable
{
    /// <summary>What another variant has to say of its making, so that it is of the same version.</summary>
    public DateTimeOffset CreatedAt => ObjectVersion.TimeOf(Source.Stored, Source.Metadata);

    public void Dispose() => Bytes.Dispose();
}
