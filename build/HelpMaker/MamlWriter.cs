using System.Collections.Immutable;
using System.Xml.Linq;

namespace DeltaGlider.HelpMaker;

/// <summary>Writes pages as the MAML that Get-Help reads.</summary>
public static class MamlWriter
{
    private const string Switch = "System.Management.Automation.SwitchParameter";

    private static readonly XNamespace Items = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>The help file of several cmdlets.</summary>
    public static XDocument Write(IEnumerable<CommandPage> pages) => new(
        new XDeclaration("1.0", "utf-8", null),
        new XElement(
            Items + "helpItems",
            new XAttribute("schema", "maml"),
            new XAttribute(XNamespace.Xmlns + "maml", Maml),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            pages.Select(Write)));

    private static XElement Write(CommandPage page) => new(
        Command + "command",
        new XElement(
            Command + "details",
            new XElement(Command + "name", page.Name),
            new XElement(Command + "verb", page.Name.Split('-')[0]),
            new XElement(Command + "noun", page.Name.Split('-')[1]),
            Text(page.Synopsis)),
        Text(page.Description),
        new XElement(Command + "syntax", page.Syntax.Select(syntax => Syntax(page, syntax))),
        new XElement(Command + "parameters", page.Parameters.Select(parameter => Parameter(parameter, parameter.Sets[0]))),
        new XElement(Command + "inputTypes", page.Inputs.Select(type => new XElement(Command + "inputType", Type(type.Name), Text(type.Description)))),
        new XElement(Command + "returnValues", page.Outputs.Select(type => new XElement(Command + "returnValue", Type(type.Name), Text(type.Description)))),
        new XElement(Maml + "alertSet", new XElement(Maml + "alert", Paragraphs(page.Notes))),
        new XElement(Command + "examples", page.Examples.Select(Example)),
        new XElement(Command + "relatedLinks", page.Links.Select(Link)));

    private static XElement Syntax(CommandPage page, SyntaxPart syntax) => new(
        Command + "syntaxItem",
        new XElement(Maml + "name", page.Name),
        from name in syntax.Parameters
        let parameter = page.Parameters.Single(parameter => parameter.Name == name)
        select Parameter(parameter, parameter.Sets.FirstOrDefault(set => set.Name == syntax.Set) ?? parameter.Sets[0]));

    private static XElement Parameter(ParameterPart parameter, ParameterSetPart set) => new(
        Command + "parameter",
        new XAttribute("required", set.IsRequired ? "true" : "false"),
        new XAttribute("globbing", parameter.SupportsWildcards ? "true" : "false"),
        new XAttribute("pipelineInput", set.PipelineInput),
        new XAttribute("position", set.Position == "Named" ? "named" : set.Position),
        new XAttribute("aliases", parameter.Aliases.Length == 0 ? "none" : string.Join(", ", parameter.Aliases)),
        new XElement(Maml + "name", parameter.Name),
        Text(parameter.Description),
        parameter.Type == Switch
            ? null
            : new XElement(Command + "parameterValue", new XAttribute("required", "true"), ShortName(parameter.Type)),
        Type(parameter.Type),
        new XElement(Dev + "defaultValue", parameter.DefaultValue.Length > 0 ? parameter.DefaultValue : parameter.Type == Switch ? "False" : "None"));

    private static XElement Example(ExamplePart example) => new(
        Command + "example",
        new XElement(Maml + "title", $"---------- {MarkdownText.Plain(example.Title)} ----------"),
        // Get-Help sets the code right behind an introduction, on the same line: so all words come after it.
        new XElement(Dev + "code", example.Code),
        new XElement(Dev + "remarks", Paragraphs([.. example.Before, .. example.After])));

    private static XElement Link(LinkPart link) => new(
        Maml + "navigationLink",
        new XElement(Maml + "linkText", link.Text),
        new XElement(Maml + "uri", link.Target.StartsWith("http", StringComparison.Ordinal) ? link.Target : ""));

    private static XElement Type(string name) => new(Dev + "type", new XElement(Maml + "name", ShortName(name)));

    private static XElement Text(ImmutableArray<string> paragraphs) => new(Maml + "description", Paragraphs(paragraphs));

    private static IEnumerable<XElement> Paragraphs(ImmutableArray<string> paragraphs) =>
        paragraphs.Select(paragraph => new XElement(Maml + "para", MarkdownText.Plain(paragraph)));

    // As the syntax lines have it: "System.Nullable`1[System.Double]" is a Double that need not be given. Types of ours keep
    // their namespace, for that is how a script names them.
    private static string ShortName(string type)
    {
        const string Nullable = "System.Nullable`1[";
        var name = type.StartsWith(Nullable, StringComparison.Ordinal) ? type[Nullable.Length..^1] : type;
        return name.StartsWith("System.", StringComparison.Ordinal) ? name[(name.LastIndexOf('.') + 1)..] : name;
    }
}
