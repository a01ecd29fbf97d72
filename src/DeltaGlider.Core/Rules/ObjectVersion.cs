using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Rules;

/// <summary>
/// Which version of an object a stored variant is: re-encoding changes the variant and keeps SHA-256 and <c>dg-created-at</c>.
/// </summary>
public static class ObjectVersion
{
    /// <summary>When the version was made, as far as it is known.</summary>
    public static DateTimeOffset TimeOf(StoredObject stored, ObjectMetadata metadata) => metadata.CreatedAt ?? stored.LastModified;

    /// <summary>True when both are variants of one version.</summary>
    public static bool IsSame(StoredObject one, StoredObject other)
    {
        var (first, second) = (MetadataReader.Read(one.Metadata), MetadataReader.Read(other.Metadata));
        if (first.FileSha256 is null || first.FileSha256 != second.FileSha256) return false;

        // What is written has microseconds; some writers' times are finer.
        return (TimeOf(one, first) - TimeOf(other, second)).Duration() < TimeSpan.FromMicroseconds(1);
    }

    /// <summary>True when <paramref name="one"/> was made before <paramref name="other"/>.</summary>
    public static bool IsOlder(StoredObject one, StoredObject other) =>
        TimeOf(one, MetadataReader.Read(one.Metadata)) < TimeOf(other, MetadataReader.Read(other.Metadata));
}
