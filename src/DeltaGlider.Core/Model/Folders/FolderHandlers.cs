using DeltaGlider.Core.Ports;

namespace DeltaGlider.Core.Model;

/// <summary>What a front end has to say while a run over whole folders goes on.</summary>
public sealed record FolderHandlers
{
    /// <summary>Asked before each step that changes something, one after the other; false leaves it out.</summary>
    public Func<FolderStep, CancellationToken, ValueTask<bool>> Consent { get; init; } = (_, _) => ValueTask.FromResult(true);

    /// <summary>Gives what hears of a step's progress; disposed, where it can be, when the step is over.</summary>
    public Func<FolderStep, IProgressSink?> Progress { get; init; } = _ => null;
}
