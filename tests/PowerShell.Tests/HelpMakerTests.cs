using DeltaGlider.HelpMaker;
using DeltaGlider.TestKit;

namespace DeltaGlider.PowerShell.Tests;

public sealed class HelpMakerTests : IDisposable
{
    private const string Page =
        """
        ---
        title: Get-DGThing
        ---

        # Get-DGThing

        ## SYNOPSIS

        Gets a
        thing.

        ## SYNTAX

        ### ByName (Default)

        ```
        Get-DGThing [-Name] <string> [-Deep]
         [<CommonParameters>]
        ```

        ### ById

        ```
        Get-DGThing -Id <int> [-Deep] [<CommonParameters>]
        ```

        ## ALIASES

        ## DESCRIPTION

        One. See [the other](Get-DGOther.md) and `code`.

        - a list
        - goes on

        ## EXAMPLES

        ### Example 1: A comment in it

        Before.

        ```powershell
        # not a heading
        Get-DGThing x
        ```

        After.

        ## PARAMETERS

        ### -Name

        Its name.

        ```yaml
        Type: System.String
        DefaultValue: 'it''s'
        SupportsWildcards: true
        Aliases:
        - N
        ParameterSets:
        - Name: ByName
          Position: 0
          IsRequired: true
          ValueFromPipeline: true
          ValueFromPipelineByPropertyName: false
          ValueFromRemainingArguments: false
        DontShow: false
        AcceptedValues: []
        HelpMessage: ''
        ```

        ### -Id

        Its number.

        ```yaml
        Type: System.Nullable`1[System.Int32]
        ParameterSets:
        - Name: ById
          Position: Named
          IsRequired: true
        ```

        ### -Deep

        Deeply.

        ```yaml
        Type: System.Management.Automation.SwitchParameter
        ParameterSets:
        - Name: (All)
          IsRequired: false
        ```

        ### CommonParameters

        The usual ones.

        ## INPUTS

        ### System.String

        A name.

        ## OUTPUTS

        ### DeltaGlider.DGObject

        A thing.

        ## NOTES

        None.

        ## RELATED LINKS

        - [Get-DGOther](Get-DGOther.md)
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_page_is_read()
    {
        var page = Read(Page);

        Assert.Equal(["Gets a thing."], page.Synopsis);
        Assert.Equal(2, page.Description.Length);
        Assert.Equal("- a list\n- goes on", page.Description[1]);
        Assert.Equal(["Name", "Deep"], page.Syntax[0].Parameters);
        Assert.True(page.Syntax[0].IsDefault);
        Assert.Equal("# not a heading\nGet-DGThing x", Assert.Single(page.Examples).Code);
        Assert.Equal(["Name", "Id", "Deep"], page.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(("it's", true, "N"), (page.Parameters[0].DefaultValue, page.Parameters[0].SupportsWildcards, page.Parameters[0].Aliases.Single()));
        Assert.Equal("True (ByValue)", page.Parameters[0].Sets.Single().PipelineInput);
        Assert.Equal(new LinkPart("Get-DGOther", "Get-DGOther.md"), Assert.Single(page.Links));
    }

    [Fact]
    public void The_help_file_has_what_the_page_has()
    {
        var command = Assert.Single(MamlWriter.Write([Read(Page)]).Root!.Elements());
        var syntax = command.Descendants().Where(element => element.Name.LocalName == "syntaxItem").ToList();

        Assert.Equal(2, syntax.Count);
        Assert.Equal(["Name", "Deep"], syntax[0].Elements().Where(element => element.Name.LocalName == "parameter").Select(parameter => parameter.Elements().First().Value));
        Assert.Contains(command.Descendants(), element => element.Value == "One. See the other and code.");
        Assert.Equal(["Int32"], command.Descendants().Where(element => element.Name.LocalName == "parameterValue").Select(element => element.Value).Where(value => value != "String").Distinct());
        Assert.DoesNotContain(command.Descendants(), element => element.Value.Contains("CommonParameters", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("## NOTES", "## NOTE", 6)]
    [InlineData("  IsRequired: false", "  IsRequired: maybe", 92)]
    [InlineData("DontShow: false", "DontShown: false", 68)]
    [InlineData("### -Deep", "### Deep", 85)]
    public void What_is_wrong_with_a_page_is_told_with_its_line(string right, string wrong, int line)
    {
        var error = Assert.Throws<PageException>(() => Read(Page.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.InRange(error.Line, line - 1, line + 1);
    }

    private CommandPage Read(string text)
    {
        var path = _folder["page.md"];
        File.WriteAllText(path, text);
        return PageReader.Read(path);
    }
}
