using System.Collections.Immutable;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.UseCases.Optimizing;

/// <summary>What a trial has shown.</summary>
/// <param name="Candidates">What was tried, the best first.</param>
/// <param name="PresentBytes">What the deltaspace would take with its present reference, or with none where there is none.</param>
/// <param name="Dissimilar">Samples that none of the others serves.</param>
/// <param name="Sampled">How many were tried.</param>
internal sealed record TrialOutcome(ImmutableArray<ReferenceCandidate> Candidates, long PresentBytes, ImmutableArray<S3Uri> Dissimilar, int Sampled);
