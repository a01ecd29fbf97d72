using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DeltaGlider.PowerShell.Tests;

public sealed partial class ManifestTests
{
    private readonly string _manifest = File.ReadAllText(Repository.Manifest);

    [Fact]
    public void It_lists_the_commands_that_there_are() =>
        Assert.Equal(Surface.Commands.Select(Surface.NameOf), Words("CmdletsToExport"));

    [Theory]
    [InlineData("FunctionsToExport")]
    [InlineData("AliasesToExport")]
    [InlineData("VariablesToExport")]
    public void It_exports_nothing_else(string key) => Assert.Empty(Words(key));

    [Fact]
    public void Its_version_is_that_of_the_assemblies() =>
        Assert.Equal(Surface.Assembly.GetName().Version!.ToString(3), Assert.Single(Words("ModuleVersion")));

    [Fact]
    public void It_wants_PowerShell_7_4()
    {
        Assert.Equal(["7.4"], Words("PowerShellVersion"));
        Assert.Equal(["Core"], Words("CompatiblePSEditions"));
    }

    [Fact]
    public void Every_output_has_a_view_and_every_view_names_properties_that_there_are()
    {
        var views = XDocument.Load(Repository.Format).Descendants("View").ToList();
        var outputs = Surface.Assembly.GetExportedTypes()
            .Where(type => type is { Namespace: "DeltaGlider", IsEnum: false } && !type.IsAssignableTo(typeof(Exception)))
            .ToDictionary(type => type.FullName!);

        Assert.Equal(outputs.Keys.Order(StringComparer.Ordinal), NamesOf(views, "TableControl", "ListControl"));
        foreach (var view in views)
        {
            var properties = outputs[view.Element("Name")!.Value].GetProperties().Select(property => property.Name).ToHashSet();
            Assert.Subset(properties, view.Descendants("PropertyName").Select(element => element.Value).ToHashSet());
            Assert.Subset(properties, view.Descendants("ScriptBlock").SelectMany(block => OwnProperty().Matches(block.Value)).Select(match => match.Groups[1].Value).ToHashSet());
        }
    }

    [Fact]
    public void What_is_staged_has_neither_the_engine_nor_its_reference_assembly()
    {
        var staged = Directory.GetFiles(Path.Combine(Repository.StagedModule, "lib")).Select(Path.GetFileName).ToList();

        Assert.Contains("DeltaGlider.Loader.dll", staged);
        Assert.Contains("AWSSDK.SSO.dll", staged);
        Assert.All(staged, file => Assert.EndsWith(".dll", file, StringComparison.Ordinal));
        Assert.DoesNotContain(staged, file => file!.StartsWith("System.Management", StringComparison.Ordinal) || file.StartsWith("PowerShellStandard", StringComparison.Ordinal));
    }

    [Fact]
    public void Listings_and_whatever_is_made_of_them_have_a_wide_view() => Assert.Subset(
        NamesOf(XDocument.Load(Repository.Format).Descendants("View"), "WideControl").ToHashSet(),
        new HashSet<string> { "DeltaGlider.DGObject", "DeltaGlider.DGCopyResult", "DeltaGlider.DGRemovalResult", "DeltaGlider.DGVerification" });

    private static IEnumerable<string> NamesOf(IEnumerable<XElement> views, params string[] controls) => views
        .Where(view => controls.Any(control => view.Element(control) is not null))
        .Select(view => view.Element("Name")!.Value)
        .Distinct()
        .Order(StringComparer.Ordinal);

    private IEnumerable<string> Words(string key)
    {
        var line = Regex.Match(_manifest, $@"^\s*{key}\s*=(.*)$", RegexOptions.Multiline);
        Assert.True(line.Success, $"The manifest has no {key}.");
        return Quoted().Matches(line.Groups[1].Value).Select(match => match.Groups[1].Value);
    }

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\$_\.(\w+)")]
    private static partial Regex OwnProperty();
}
