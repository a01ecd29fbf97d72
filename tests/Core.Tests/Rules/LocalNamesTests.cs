using DeltaGlider.Core.Rules;

namespace DeltaGlider.Core.Tests.Rules;

public sealed class LocalNamesTests
{
    public static TheoryData<string> Bad => ["..", "../a", "a/../b", "a/..", ".", "a/./b", "/a", "a//b", "", "a\0b", $"a/{new string('x', 256)}", $"{new string('é', 128)}/a"];

    public static TheoryData<string> BadOnWindows =>
    [
        @"..\a", @"a\b", "C:a", "C:/a", "a:stream", "con", "NUL.txt", "a/Com1", "lpt¹", "aux .txt", "a.", "a ", "dir./a", "a?", "a*", "a\tb", "a|b", "CONIN$", "...",
    ];

    public static TheoryData<string> Good => ["a", "a/b/c.zip", "a..b/c", "..a", ".hidden/x", " a", "com", "com10.txt", "console", "ünïcode/日本", new string('x', 255), "dir/"];

    [Theory]
    [MemberData(nameof(Bad))]
    public void Some_names_are_refused_everywhere(string name)
    {
        Assert.NotNull(LocalNames.WhyRefused(name, windows: false));
        Assert.NotNull(LocalNames.WhyRefused(name, windows: true));
    }

    [Theory]
    [MemberData(nameof(BadOnWindows))]
    public void Some_names_mean_something_else_on_Windows(string name)
    {
        Assert.Null(LocalNames.WhyRefused(name, windows: false));
        Assert.NotNull(LocalNames.WhyRefused(name, windows: true));
    }

    [Theory]
    [MemberData(nameof(Good))]
    public void All_others_are_files(string name)
    {
        Assert.Null(LocalNames.WhyRefused(name, windows: false));
        Assert.Null(LocalNames.WhyRefused(name, windows: true));
    }

    [Fact]
    public void No_name_that_passes_leads_out_of_its_folder()
    {
        var random = new Random(7);
        var parts = new[] { "..", ".", "", "a", "..a", "a..", "/", "\\", "b/..", "\0", "...", " " };
        var root = Path.Combine(Path.GetTempPath(), "root");
        for (var i = 0; i < 20_000; i++)
        {
            var name = string.Join('/', Enumerable.Range(0, random.Next(1, 6)).Select(_ => parts[random.Next(parts.Length)]));
            if (LocalNames.WhyRefused(name, OperatingSystem.IsWindows()) is not null) continue;
            Assert.StartsWith(root + Path.DirectorySeparatorChar, Path.GetFullPath(Path.Combine(root, name)), StringComparison.Ordinal);
        }
    }
}
