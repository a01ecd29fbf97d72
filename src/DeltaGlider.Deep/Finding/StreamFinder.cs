using System.Collections.Immutable;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Deep.Finding;

/// <summary>
/// Finds the members of an archive: of the zip family by its directory, or of a gzip file one after the other. It never
/// fails: what is no archive has no members.
/// </summary>
internal static class StreamFinder
{
    /// <summary>More members than this are left alone: what they say would take more than they save.</summary>
    public const int MaxStreams = 1 << 18;

    /// <summary>The members, in the order in which they lie in the file; no two overlap.</summary>
    public static ImmutableArray<FoundStream> Find(SourceBuffer file, long maxPlainBytes, CancellationToken cancellationToken)
    {
        var found = ZipDirectory.Read(file, cancellationToken);
        if (found.Count == 0) found = GzipMembers.Read(file, maxPlainBytes, cancellationToken);
        found.Sort((one, other) => one.Offset.CompareTo(other.Offset));
        var kept = ImmutableArray.CreateBuilder<FoundStream>(found.Count);
        long end = 0;
        foreach (var stream in found)
        {
            if (stream.Offset < end || stream.Length == 0) continue;
            kept.Add(stream);
            end = stream.End;
        }

        return kept.ToImmutable();
    }
}
