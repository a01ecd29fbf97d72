using System.Collections.Immutable;

namespace DeltaGlider.HelpMaker;

/// <summary>A parameter as its page describes it.</summary>
/// <param name="Name">Its name, without a dash.</param>
/// <param name="Description">What it is for.</param>
public sealed record ParameterPart(string Name, ImmutableArray<string> Description)
{
    /// <summary>Its type's full name.</summary>
    public string Type { get; init; } = "";

    /// <summary>What it is when it is not given; empty where that is nothing.</summary>
    public string DefaultValue { get; init; } = "";

    /// <summary>True where * and ? stand for other characters.</summary>
    public bool SupportsWildcards { get; init; }

    /// <summary>Its other names.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>The sets it belongs to.</summary>
    public ImmutableArray<ParameterSetPart> Sets { get; init; } = [];

    /// <summary>The values it takes, where they are few.</summary>
    public ImmutableArray<string> AcceptedValues { get; init; } = [];
}
