using Xunit;

namespace DeltaGlider.TestKit;

/// <summary>
/// Something a test needs that a user's machine may lack. A test that asks for it is skipped with a reason,
/// unless <c>DG_TEST_REQUIRE</c> (a comma-separated list of names) says that it must be there: then it fails.
/// </summary>
public static class Requirement
{
    /// <summary>True when <c>DG_TEST_REQUIRE</c> names <paramref name="name"/>.</summary>
    public static bool IsRequired(string name) =>
        (Environment.GetEnvironmentVariable("DG_TEST_REQUIRE") ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Skips the running test, or fails it where <paramref name="name"/> is required.</summary>
    public static void Demand(string name, bool present, string how)
    {
        if (present) return;
        if (IsRequired(name)) Assert.Fail($"DG_TEST_REQUIRE asks for {name}, and it is not here: {how}");
        Assert.Skip($"needs {name}: {how}");
    }

    /// <summary>The full path of a program on PATH, or null.</summary>
    public static string? FindProgram(string name)
    {
        var suffixes = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : new[] { "" };
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => suffixes.Select(suffix => Path.Combine(folder, name + suffix)))
            .FirstOrDefault(File.Exists);
    }
}
