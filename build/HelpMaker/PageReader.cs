using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace DeltaGlider.HelpMaker;

/// <summary>
/// Reads help pages in the Markdown of PlatyPS, schema 2024-05-01
/// (https://learn.microsoft.com/powershell/utility-modules/platyps/). Strict: what it does not understand is an error.
/// </summary>
public static partial class PageReader
{
    private const string CommonParameters = "CommonParameters";

    private static readonly string[] Sections =
        ["SYNOPSIS", "SYNTAX", "ALIASES", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS"];

    /// <summary>Reads a page.</summary>
    /// <exception cref="PageException">It is not of the form it should have.</exception>
    public static CommandPage Read(string file)
    {
        var page = PageLines.Of(file);
        var (name, body) = page.Parts(1).FirstOrDefault();
        if (name is null) throw page.Error(0, "The page has no heading with the cmdlet's name.");
        var sections = body.Parts(2).ToList();
        if (!sections.Select(section => section.Heading).SequenceEqual(Sections))
            throw body.Error(0, $"The sections should be: {string.Join(", ", Sections)}; they are: {string.Join(", ", sections.Select(section => section.Heading))}.");
        var at = sections.ToDictionary(section => section.Heading, section => section.Body);
        return new CommandPage
        {
            Name = name,
            Synopsis = at["SYNOPSIS"].Paragraphs(),
            Description = at["DESCRIPTION"].Paragraphs(),
            Syntax = [.. at["SYNTAX"].Parts(3).Select(part => Syntax(part.Heading, part.Body))],
            Examples = [.. at["EXAMPLES"].Parts(3).Select(part => Example(part.Heading, part.Body))],
            Parameters = [.. at["PARAMETERS"].Parts(3).Where(part => part.Heading != CommonParameters).Select(part => Parameter(part.Heading, part.Body))],
            Inputs = Types(at["INPUTS"]),
            Outputs = Types(at["OUTPUTS"]),
            Notes = at["NOTES"].Paragraphs(),
            Links = Links(at["RELATED LINKS"]),
        };
    }

    private static SyntaxPart Syntax(string heading, PageLines body)
    {
        const string Default = " (Default)";
        var isDefault = heading.EndsWith(Default, StringComparison.Ordinal);
        var line = string.Join(' ', body.Fenced().Block.Lines.Select(part => part.Trim()));
        return new SyntaxPart(
            isDefault ? heading[..^Default.Length] : heading,
            isDefault,
            line,
            [.. SyntaxParameter().Matches(line).Select(match => match.Groups[1].Value)]);
    }

    private static ExamplePart Example(string heading, PageLines body)
    {
        var (before, code, after) = body.Fenced();
        return new ExamplePart(heading, before.Paragraphs(), string.Join('\n', code.Lines), after.Paragraphs());
    }

    private static ParameterPart Parameter(string heading, PageLines body)
    {
        var (description, yaml, after) = body.Fenced();
        if (!heading.StartsWith('-')) throw body.Error(-1, $"'{heading}' is no parameter: it should begin with a dash.");
        if (after.Paragraphs().Length > 0) throw body.Error(0, $"After the facts of {heading} nothing should follow.");
        return ParameterFacts.Read(yaml, new ParameterPart(heading[1..], description.Paragraphs()));
    }

    private static ImmutableArray<TypePart> Types(PageLines body) => [.. body.Parts(3).Select(part => new TypePart(part.Heading, part.Body.Paragraphs()))];

    private static ImmutableArray<LinkPart> Links(PageLines body) =>
        [.. body.Lines.Select(line => Link().Match(line)).Where(match => match.Success).Select(match => new LinkPart(match.Groups[1].Value, match.Groups[2].Value))];

    [GeneratedRegex(@"(?<=^|[\s\[])-(\w+)")]
    private static partial Regex SyntaxParameter();

    [GeneratedRegex(@"^- \[([^\]]+)\]\(([^)]+)\)$")]
    private static partial Regex Link();
}
