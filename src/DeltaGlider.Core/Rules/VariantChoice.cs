using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Rules;

/// <summary>
/// Which of two is the object, when both <c>x</c> and <c>x.delta</c> exist: an overwrite writes the new variant and then
/// removes the other, so both are there for a moment, or for longer after a crash in between.
/// </summary>
public static class VariantChoice
{
    /// <summary>True when the delta is the newer one: by <c>dg-created-at</c>, then by the store's own time.</summary>
    public static bool DeltaWins(StoredObject direct, ObjectMetadata directMetadata, StoredObject delta, ObjectMetadata deltaMetadata)
    {
        var directTime = ObjectVersion.TimeOf(direct, directMetadata);
        var deltaTime = ObjectVersion.TimeOf(delta, deltaMetadata);
        return deltaTime != directTime ? deltaTime > directTime : delta.LastModified >= direct.LastModified;
    }

    /// <summary>
    /// The time to record for a new variant: now, or just after the variant it replaces where that one's writer had a
    /// clock ahead of ours.
    /// </summary>
    public static DateTimeOffset CreatedAfter(DateTimeOffset now, ResolvedObject? replaced)
    {
        // Metadata keeps microseconds: a finer present would compare as newer than what is read back.
        var present = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
        return replaced is not null && ObjectVersion.TimeOf(replaced.Stored, replaced.Metadata) is var other && other >= present ? other.AddMicroseconds(1) : present;
    }
}
