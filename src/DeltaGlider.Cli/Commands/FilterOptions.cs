using System.CommandLine;
using System.CommandLine.Parsing;
using DeltaGlider.Core.Rules;

namespace DeltaGlider.Cli.Commands;

/// <summary>
/// <c>--include</c> and <c>--exclude</c> as the AWS CLI has them: in the order of the command line, and the last one that
/// matches decides.
/// </summary>
internal sealed class FilterOptions
{
    private readonly Option<string[]> _include = new("--include") { Description = "Names of this pattern take part, also where an earlier --exclude kept them out.", HelpName = "pattern" };

    private readonly Option<string[]> _exclude = new("--exclude") { Description = "Names of this pattern do not take part. * stands for any characters, / included.", HelpName = "pattern" };

    /// <summary>Adds the options to a command.</summary>
    public FilterOptions AddTo(Command command)
    {
        command.Add(_include);
        command.Add(_exclude);
        return this;
    }

    /// <summary>The filter of a command line.</summary>
    public PathFilter Read(ParseResult parsed) => PathFilter.InOrder(InOrder(parsed));

    private IEnumerable<(bool Include, string Pattern)> InOrder(ParseResult parsed)
    {
        var values = new Dictionary<string, Queue<string>>(StringComparer.Ordinal)
        {
            [_include.Name] = new(parsed.GetValue(_include) ?? []),
            [_exclude.Name] = new(parsed.GetValue(_exclude) ?? []),
        };
        foreach (var token in parsed.Tokens.Where(token => token.Type == TokenType.Option))
        {
            if (values.TryGetValue(token.Value, out var left) && left.TryDequeue(out var pattern)) yield return (token.Value == _include.Name, pattern);
        }
    }
}
