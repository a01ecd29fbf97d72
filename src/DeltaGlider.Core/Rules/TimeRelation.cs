namespace DeltaGlider.Core.Rules;

/// <summary>Which of two files is newer.</summary>
public enum TimeRelation
{
    /// <summary>Neither.</summary>
    Equal,

    /// <summary>The source.</summary>
    SourceNewer,

    /// <summary>The destination.</summary>
    DestinationNewer,
}
