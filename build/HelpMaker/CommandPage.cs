using System.Collections.Immutable;

namespace DeltaGlider.HelpMaker;

/// <summary>A cmdlet's help page. Texts are paragraphs of Markdown.</summary>
public sealed record CommandPage
{
    /// <summary>The cmdlet.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, in a sentence.</summary>
    public required ImmutableArray<string> Synopsis { get; init; }

    /// <summary>What it does, at length.</summary>
    public required ImmutableArray<string> Description { get; init; }

    /// <summary>The ways to call it.</summary>
    public required ImmutableArray<SyntaxPart> Syntax { get; init; }

    /// <summary>The examples.</summary>
    public required ImmutableArray<ExamplePart> Examples { get; init; }

    /// <summary>The parameters, the common ones not among them.</summary>
    public required ImmutableArray<ParameterPart> Parameters { get; init; }

    /// <summary>What may come down the pipeline.</summary>
    public required ImmutableArray<TypePart> Inputs { get; init; }

    /// <summary>What it puts out.</summary>
    public required ImmutableArray<TypePart> Outputs { get; init; }

    /// <summary>What else there is to know, its errors above all.</summary>
    public required ImmutableArray<string> Notes { get; init; }

    /// <summary>Where to read on.</summary>
    public required ImmutableArray<LinkPart> Links { get; init; }
}
