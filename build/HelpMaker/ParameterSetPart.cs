namespace DeltaGlider.HelpMaker;

/// <summary>What a parameter is in one of its sets.</summary>
/// <param name="Name">The set; <see cref="All"/> for every one.</param>
public sealed record ParameterSetPart(string Name)
{
    /// <summary>Stands for every set.</summary>
    public const string All = "(All)";

    /// <summary>Its place among those without a name, or <c>Named</c>.</summary>
    public string Position { get; init; } = "Named";

    /// <summary>True where it has to be given.</summary>
    public bool IsRequired { get; init; }

    /// <summary>True where it takes what comes down the pipeline.</summary>
    public bool FromPipeline { get; init; }

    /// <summary>True where it takes a property of that name of what comes down the pipeline.</summary>
    public bool FromPipelineByName { get; init; }

    /// <summary>In the words that Get-Help shows.</summary>
    public string PipelineInput => (FromPipeline, FromPipelineByName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };
}
