namespace DeltaGlider.Torture.Tests;

/// <summary>The system's clock, set wrong.</summary>
internal sealed class SkewedTime(TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
}
