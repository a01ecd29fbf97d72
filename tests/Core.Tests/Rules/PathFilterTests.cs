using DeltaGlider.Core.Rules;

namespace DeltaGlider.Core.Tests.Rules;

public sealed class PathFilterTests
{
    [Theory]
    [InlineData("*", "a/b.zip", true)]
    [InlineData("*.zip", "a.zip", true)]
    [InlineData("*.zip", "a/b/c.zip", true)]
    [InlineData("*.zip", "a.zip.txt", false)]
    [InlineData("*.zip", "a.ZIP", false)]
    [InlineData("logs/*", "logs/a/b", true)]
    [InlineData("logs/*", "more/logs/a", false)]
    [InlineData("**/logs/*", "logs/a", true)]
    [InlineData("**/logs/*", "more/logs/a", true)]
    [InlineData("**/*.zip", "a.zip", true)]
    [InlineData("a/**/z", "a/z", true)]
    [InlineData("a/**/z", "a/b/c/z", true)]
    [InlineData("a/**/z", "a/bz", false)]
    [InlineData("v?.zip", "v1.zip", true)]
    [InlineData("v?.zip", "v10.zip", false)]
    [InlineData("v[0-9].zip", "v5.zip", true)]
    [InlineData("v[!0-9].zip", "v5.zip", false)]
    [InlineData("v[!0-9].zip", "vx.zip", true)]
    [InlineData("a[1", "a[1", true)]
    [InlineData("a]b^", "a]b^", true)]
    [InlineData("a[]]b", "a]b", true)]
    [InlineData("a[^b]c", "abc", false)]
    [InlineData("./a.zip", "a.zip", true)]
    [InlineData("a\\b", "a/b", true)]
    [InlineData("a+b(c).zip", "a+b(c).zip", true)]
    [InlineData("a.zip", "aXzip", false)]
    [InlineData("*", "line\nbreak", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    public void A_pattern_matches_as_that_of_the_AWS_CLI(string pattern, string name, bool expected) =>
        Assert.Equal(expected, new GlobPattern(pattern).Matches(name));

    [Theory]
    [InlineData(null, null, "a.zip", true)]
    [InlineData("*.zip", null, "a.zip", true)]
    [InlineData("*.zip", null, "a.txt", false)]
    [InlineData("*.zip;*.txt", null, "a.txt", true)]
    [InlineData(null, "*.txt", "a.txt", false)]
    [InlineData(null, "*.txt", "a.zip", true)]
    [InlineData("*.zip", "old/*", "old/a.zip", false)]
    [InlineData("*.zip", "old/*", "new/a.zip", true)]
    [InlineData("*", "*", "a", false)]
    public void Includes_let_only_theirs_in_and_excludes_win(string? includes, string? excludes, string name, bool expected) =>
        Assert.Equal(expected, PathFilter.Of(includes?.Split(';'), excludes?.Split(';')).Includes(name));

    [Theory]
    [InlineData("-*;+*.zip", "a.zip", true)]
    [InlineData("-*;+*.zip", "a.txt", false)]
    [InlineData("+*.zip;-*", "a.zip", false)]
    [InlineData("+*.zip", "a.txt", true)]
    [InlineData("-*.zip;+b*", "b.zip", true)]
    public void In_order_the_last_that_matches_decides(string rules, string name, bool expected) =>
        Assert.Equal(expected, PathFilter.InOrder(rules.Split(';').Select(rule => (rule[0] == '+', rule[1..]))).Includes(name));

    [Fact]
    public void No_pattern_is_slow()
    {
        var pattern = new GlobPattern(string.Concat(Enumerable.Repeat("*a", 40)) + "*b");

        Assert.False(pattern.Matches(new string('a', 5_000)));
    }
}
