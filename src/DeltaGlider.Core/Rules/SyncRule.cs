namespace DeltaGlider.Core.Rules;

/// <summary>
/// Whether a file has to be copied over the destination's of the same name: a truth table, and nothing else. It asks for
/// what costs something (a HEAD, reading a file) only where the answer depends on it.
/// </summary>
public static class SyncRule
{
    // What no clock of a file system or a store tells apart. Metadata keeps all of a file's time, S3 itself a second.
    private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(1);

    /// <summary>Decides.</summary>
    /// <param name="facts">What is known by now.</param>
    /// <param name="mode">How files are compared.</param>
    /// <param name="replaceNewer">A destination that differs and is newer may be replaced.</param>
    public static SyncVerdict Decide(in SyncFacts facts, SyncMode mode, bool replaceNewer)
    {
        if (!facts.Exists) return SyncVerdict.Missing;
        var verdict = Compare(facts, mode);
        if (!IsCopy(verdict) || replaceNewer) return verdict;
        return facts.Times switch
        {
            null => SyncVerdict.NeedTimes,
            TimeRelation.DestinationNewer => SyncVerdict.DestinationNewer,
            _ => verdict,
        };
    }

    /// <summary>True for the verdicts after which the file is copied.</summary>
    public static bool IsCopy(SyncVerdict verdict) => verdict
        is SyncVerdict.Asked or SyncVerdict.Missing or SyncVerdict.SizeDiffers or SyncVerdict.ContentDiffers or SyncVerdict.TimeDiffers;

    /// <summary>Which of two times is newer.</summary>
    public static TimeRelation Relate(DateTimeOffset source, DateTimeOffset destination) =>
        (source - destination).Duration() < Grain ? TimeRelation.Equal
        : source > destination ? TimeRelation.SourceNewer
        : TimeRelation.DestinationNewer;

    /// <summary>The verdict in a few words.</summary>
    public static string Words(SyncVerdict verdict) => verdict switch
    {
        SyncVerdict.Asked => "as asked",
        SyncVerdict.Same => "it is the same",
        SyncVerdict.Missing => "it is not there",
        SyncVerdict.SizeDiffers => "the sizes differ",
        SyncVerdict.ContentDiffers => "the content differs",
        SyncVerdict.TimeDiffers => "the times differ",
        SyncVerdict.DestinationNewer => "it differs and is newer than the source",
        SyncVerdict.NotInSource => "the source does not have it",
        _ => "not known yet",
    };

    private static SyncVerdict Compare(in SyncFacts facts, SyncMode mode) => mode switch
    {
        _ when !facts.SameSize => SyncVerdict.SizeDiffers,
        SyncMode.SizeOnly => SyncVerdict.Same,
        SyncMode.Checksum => ByContent(facts, SyncVerdict.ContentDiffers),
        _ when facts.Times is null => SyncVerdict.NeedTimes,
        _ when facts.Times == TimeRelation.Equal => SyncVerdict.Same,
        SyncMode.ExactTimestamps => SyncVerdict.TimeDiffers,

        // Without a SHA-256 on record, what the AWS CLI goes by: a source that is not newer is the same.
        _ => ByContent(facts, facts.Times == TimeRelation.SourceNewer ? SyncVerdict.TimeDiffers : SyncVerdict.Same),
    };

    private static SyncVerdict ByContent(in SyncFacts facts, SyncVerdict whereUnknown) => facts.Content switch
    {
        null => SyncVerdict.NeedContent,
        ContentRelation.Same => SyncVerdict.Same,
        ContentRelation.Differs => SyncVerdict.ContentDiffers,
        _ => whereUnknown,
    };
}
