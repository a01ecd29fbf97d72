using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;
using DeltaGlider.HelpMaker;

namespace DeltaGlider.PowerShell.Tests;

/// <summary>The help pages say what the code does, and the help file says what the pages do.</summary>
public sealed class HelpPageTests
{
    private static readonly string[] ShouldProcess = ["Confirm", "WhatIf"];

    public static TheoryData<string> Names => [.. Surface.Commands.Select(Surface.NameOf)];

    [Fact]
    public void Every_command_has_a_page_and_every_page_a_command() => Assert.Equal(
        Surface.Commands.Select(Surface.NameOf).Order(StringComparer.Ordinal),
        Directory.GetFiles(Repository.HelpPages, "*.md").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_is_whole(string name)
    {
        var page = Page(name);

        Assert.Equal(name, page.Name);
        Assert.NotEmpty(page.Synopsis);
        Assert.NotEmpty(page.Description);
        Assert.NotEmpty(page.Notes);
        Assert.NotEmpty(page.Inputs);
        Assert.True(page.Examples.Length >= 3, "A page has three examples at least.");
        Assert.All(page.Examples, example => Assert.Contains(name, example.Code, StringComparison.Ordinal));
        Assert.All(page.Parameters, parameter => Assert.NotEmpty(parameter.Description));
        Assert.DoesNotContain("{{", File.ReadAllText(FileOf(name)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_parameters_of_a_page_are_those_of_the_code(string name)
    {
        var command = Surface.Command(name);
        var common = Surface.Named<bool>(Surface.Data<CmdletAttribute>(command).Single(), "SupportsShouldProcess") ? ShouldProcess : [];
        var expected = Surface.Parameters(command).Select(parameter => Facts(command, parameter));
        var page = Page(name);

        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            page.Parameters.Where(parameter => !ShouldProcess.Contains(parameter.Name)).Select(Facts).Order(StringComparer.Ordinal));
        Assert.Equal(common, page.Parameters.Select(parameter => parameter.Name).Intersect(ShouldProcess).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_syntax_of_a_page_has_every_set_with_its_parameters(string name)
    {
        var command = Surface.Command(name);
        var page = Page(name);
        var sets = Surface.Parameters(command).SelectMany(Rows).Select(row => row.Name).Where(set => set != ParameterSetPart.All).Distinct().ToList();

        Assert.Equal((sets.Count == 0 ? [SyntaxPart.TheOnlySet] : sets).Order(StringComparer.Ordinal), page.Syntax.Select(syntax => syntax.Set).Order(StringComparer.Ordinal));
        Assert.Equal(sets.Count == 0 ? null : Surface.Named<string>(Surface.Data<CmdletAttribute>(command).Single(), "DefaultParameterSetName"), page.Syntax.SingleOrDefault(syntax => syntax.IsDefault)?.Set);
        Assert.All(page.Syntax, syntax => Assert.Equal(
            page.Parameters.Where(parameter => parameter.Sets.Any(set => set.Name is ParameterSetPart.All || set.Name == syntax.Set)).Select(parameter => parameter.Name).Order(StringComparer.Ordinal),
            syntax.Parameters.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_outputs_of_a_page_are_those_of_the_code(string name)
    {
        var declared = Surface.Data<OutputTypeAttribute>(Surface.Command(name))
            .SelectMany(output => (IReadOnlyCollection<CustomAttributeTypedArgument>)output.ConstructorArguments[0].Value!)
            .Select(type => ((Type)type.Value!).FullName!);

        Assert.Equal(declared.DefaultIfEmpty("None"), Page(name).Outputs.Select(output => output.Name));
    }

    [Fact]
    public void A_parameter_that_many_have_is_told_of_in_the_same_words_everywhere()
    {
        var connection = typeof(Base.ConnectedCommand).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(property => property.Name).ToHashSet();
        var words = Surface.Commands.Select(Surface.NameOf).SelectMany(name => Page(name).Parameters)
            .Where(parameter => connection.Contains(parameter.Name))
            .GroupBy(parameter => parameter.Name, parameter => string.Join('\n', parameter.Description));

        Assert.All(words, texts => Assert.Single(texts.Distinct(StringComparer.Ordinal)));
    }

    [Fact]
    public void Links_lead_somewhere() => Assert.All(
        Surface.Commands.Select(Surface.NameOf).SelectMany(name => Page(name).Links).Where(link => !link.Target.StartsWith("http", StringComparison.Ordinal)),
        link => Assert.True(File.Exists(Path.Combine(Repository.HelpPages, link.Target)), link.Target));

    [Fact]
    public void The_staged_help_file_is_made_of_the_pages()
    {
        var staged = XDocument.Load(Path.Combine(Repository.StagedModule, "en-US", "DeltaGlider.PowerShell.dll-Help.xml"));
        var made = MamlWriter.Write(Directory.GetFiles(Repository.HelpPages, "*-DG*.md").Order(StringComparer.Ordinal).Select(PageReader.Read));

        Assert.Equal(made.Root!.ToString(), staged.Root!.ToString());
    }

    private static string FileOf(string name) => Path.Combine(Repository.HelpPages, name + ".md");

    private static CommandPage Page(string name) => PageReader.Read(FileOf(name));

    private static string Facts(ParameterPart parameter) => Line(
        parameter.Name, parameter.Type, parameter.DefaultValue, parameter.SupportsWildcards, parameter.Aliases, parameter.AcceptedValues, parameter.Sets);

    private static string Facts(Type command, PropertyInfo parameter) => Line(
        parameter.Name,
        parameter.PropertyType.ToString(),
        DefaultOf(command, parameter),
        Surface.Data<SupportsWildcardsAttribute>(parameter).Any(),
        Surface.Data<AliasAttribute>(parameter).SelectMany(Values),
        parameter.PropertyType.IsEnum ? Enum.GetNames(parameter.PropertyType) : Surface.Data<ValidateSetAttribute>(parameter).SelectMany(Values),
        Rows(parameter));

    private static string Line(string name, string type, string value, bool wildcards, IEnumerable<string> aliases, IEnumerable<string> values, IEnumerable<ParameterSetPart> sets) =>
        $"-{name} {type} = '{value}' {(wildcards ? "wildcards " : "")}({string.Join(',', aliases)}) [{string.Join(',', values)}] {string.Join(" | ", sets.OrderBy(set => set.Name, StringComparer.Ordinal))}";

    private static IEnumerable<ParameterSetPart> Rows(PropertyInfo parameter) => Surface.Data<ParameterAttribute>(parameter).Select(attribute =>
        new ParameterSetPart(Surface.Named<string>(attribute, "ParameterSetName") ?? ParameterSetPart.All)
        {
            Position = attribute.NamedArguments.Any(argument => argument.MemberName == "Position") ? Surface.Named<int>(attribute, "Position").ToString(CultureInfo.InvariantCulture) : "Named",
            IsRequired = Surface.Named<bool>(attribute, "Mandatory"),
            FromPipeline = Surface.Named<bool>(attribute, "ValueFromPipeline"),
            FromPipelineByName = Surface.Named<bool>(attribute, "ValueFromPipelineByPropertyName"),
        });

    private static IEnumerable<string> Values(CustomAttributeData attribute) =>
        ((IReadOnlyCollection<CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!).Select(argument => (string)argument.Value!);

    private static string DefaultOf(Type command, PropertyInfo parameter)
    {
        if (parameter.PropertyType == typeof(SwitchParameter)) return "False";
        using var instance = (IDisposable)Activator.CreateInstance(command)!;
        return parameter.GetValue(instance) switch
        {
            null => "",
            Array several => string.Join(", ", several.Cast<object>()),
            var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }
}
