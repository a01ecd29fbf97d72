namespace DeltaGlider.Core.Rules;

/// <summary>What follows from <see cref="SyncFacts"/>.</summary>
public enum SyncVerdict
{
    /// <summary>Copied because that was asked for; nothing was compared.</summary>
    Asked,

    /// <summary>Which is newer has to be known first.</summary>
    NeedTimes,

    /// <summary>Whether the bytes are the same has to be known first.</summary>
    NeedContent,

    /// <summary>Nothing to do.</summary>
    Same,

    /// <summary>Copy: the destination has none.</summary>
    Missing,

    /// <summary>Copy: the sizes differ.</summary>
    SizeDiffers,

    /// <summary>Copy: the bytes differ.</summary>
    ContentDiffers,

    /// <summary>Copy: the times differ.</summary>
    TimeDiffers,

    /// <summary>Keep: the destination's differs and is newer.</summary>
    DestinationNewer,

    /// <summary>Remove: the source has none.</summary>
    NotInSource,
}
