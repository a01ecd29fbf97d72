using DeltaGlider.Core.Tests.UseCases;
using DeltaGlider.Core.UseCases;

namespace DeltaGlider.Core.Tests.Faults;

/// <summary>One use case on a prepared bucket.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Arrange">Fills the bucket, through a client of its own.</param>
/// <param name="Act">The use case, through the client under test.</param>
/// <param name="After">What the bucket has to hold when the use case has succeeded: bytes by logical name.</param>
internal sealed record Scenario(
    string Name,
    Func<World, Task> Arrange,
    Func<World, DeltaGliderUseCases, CancellationToken, Task> Act,
    IReadOnlyDictionary<string, byte[]> After)
{
    public override string ToString() => Name;
}
