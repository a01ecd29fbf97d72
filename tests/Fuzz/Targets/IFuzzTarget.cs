using DeltaGlider.Fuzz.Run;

namespace DeltaGlider.Fuzz.Targets;

/// <summary>Something that reads bytes from outside. Each worker has instances of its own.</summary>
internal interface IFuzzTarget : IDisposable
{
    string Name { get; }

    /// <summary>How often it is chosen, compared with the others.</summary>
    int Weight { get; }

    /// <summary>An input that depends on <paramref name="random"/> and the corpus alone.</summary>
    FuzzInput Make(FuzzRandom random);

    /// <summary>Executes one input; throws what was found.</summary>
    Outcome Execute(FuzzInput input, CancellationToken cancellationToken);
}
