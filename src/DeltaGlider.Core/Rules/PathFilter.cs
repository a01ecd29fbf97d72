using System.Collections.Immutable;

namespace DeltaGlider.Core.Rules;

/// <summary>
/// Which names take part: patterns one after the other, each of which lets in or keeps out what it matches; the last one
/// that matches decides, and where none does, the name takes part.
/// </summary>
public sealed class PathFilter
{
    private readonly ImmutableArray<(bool Include, GlobPattern Pattern)> _rules;

    private PathFilter(ImmutableArray<(bool, GlobPattern)> rules) => _rules = rules;

    /// <summary>Lets every name in.</summary>
    public static PathFilter All { get; } = new([]);

    /// <summary>
    /// Where includes are given, only what one of them matches; and never what an exclude matches. Their order does not
    /// count.
    /// </summary>
    public static PathFilter Of(IEnumerable<string>? includes, IEnumerable<string>? excludes)
    {
        var rules = ImmutableArray.CreateBuilder<(bool, GlobPattern)>();
        foreach (var include in includes ?? [])
        {
            if (rules.Count == 0) rules.Add((false, new GlobPattern("*")));
            rules.Add((true, new GlobPattern(include)));
        }

        foreach (var exclude in excludes ?? []) rules.Add((false, new GlobPattern(exclude)));
        return new PathFilter(rules.ToImmutable());
    }

    /// <summary>The AWS CLI's filters: later ones take precedence over earlier ones.</summary>
    public static PathFilter InOrder(IEnumerable<(bool Include, string Pattern)> rules) =>
        new([.. rules.Select(rule => (rule.Include, new GlobPattern(rule.Pattern)))]);

    /// <summary>True when the name takes part.</summary>
    public bool Includes(string name)
    {
        for (var i = _rules.Length - 1; i >= 0; i--)
        {
            if (_rules[i].Pattern.Matches(name)) return _rules[i].Include;
        }

        return true;
    }
}
