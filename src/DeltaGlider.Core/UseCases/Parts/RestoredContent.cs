using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>What reading an object back gave.</summary>
/// <param name="Source">The version that was read: a later one than was asked for, where a writer was faster.</param>
/// <param name="Length">The bytes written.</param>
/// <param name="Actual">Their SHA-256.</param>
/// <param name="Expected">The SHA-256 recorded when the object was stored; null where none was.</param>
internal sealed record RestoredContent(ResolvedObject Source, long Length, Sha256Digest Actual, Sha256Digest? Expected)
{
    public bool IsMismatch => Expected is not null && Expected != Actual;
}
