using DeltaGlider.Core.Model;

namespace DeltaGlider.TestKit;

/// <summary>One call to a store; for a listing, each page is a call.</summary>
/// <param name="Verb">What was called.</param>
/// <param name="Uri">On what.</param>
public readonly record struct StoreCall(StoreVerb Verb, S3Uri Uri);
