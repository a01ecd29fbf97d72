using System.Runtime.CompilerServices;

namespace DeltaGlider.PowerShell.Tests;

/// <summary>Where things lie in the source tree that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string StagedModule { get; } = Path.Combine(Root, "out", "DeltaGlider");

    public static string Manifest { get; } = Path.Combine(Root, "module", "DeltaGlider.psd1");

    public static string Format { get; } = Path.Combine(Root, "module", "DeltaGlider.Format.ps1xml");

    public static string HelpPages { get; } = Path.Combine(Root, "docs", "en-US");

    public static string PesterTests { get; } = Path.Combine(Root, "tests", "Module.Tests");

    // Builds with a path map give no usable source path, so the search starts from the assembly as well.
    private static string Find([CallerFilePath] string here = "") =>
        Up(Path.GetDirectoryName(here)) ?? Up(AppContext.BaseDirectory) ?? throw new InvalidOperationException("This test needs its source tree.");

    private static string? Up(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "DeltaGlider.PowerShell.sln"))) return folder;
        }

        return null;
    }
}
