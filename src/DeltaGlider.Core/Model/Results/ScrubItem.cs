using DeltaGlider.Core.Errors;

namespace DeltaGlider.Core.Model;

/// <summary>What has come of one object of a prefix that is verified.</summary>
/// <param name="Uri">The object, by its logical name; a reference by its own.</param>
/// <param name="Result">What reading it back has shown; null when it could not be looked at.</param>
/// <param name="Error">What kept it from being looked at; null as a rule.</param>
public sealed record ScrubItem(S3Uri Uri, VerifyObjectResult? Result, DeltaGliderException? Error)
{
    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }
}
