using System.Management.Automation.Host;

namespace DeltaGlider.Base;

/// <summary>Whether somebody looks at the progress bars. In a log file they are rubbish.</summary>
internal static class Onlooker
{
    private const string Console = "ConsoleHost";
    private const string Switch = "noninteractive";
    private static readonly string[] CommandFollows = ["command", "c", "file", "f", "encodedcommand", "e", "ec"];

    /// <summary>
    /// False for pwsh itself where its output is redirected, or where it was started with -NonInteractive. Other hosts have
    /// a mind of their own about progress.
    /// </summary>
    public static bool IsThere(PSHost host) => IsThere(host.Name, System.Console.IsOutputRedirected, Environment.GetCommandLineArgs());

    /// <summary>The same, of what is given.</summary>
    public static bool IsThere(string host, bool redirected, IEnumerable<string> arguments) => host != Console || !(redirected || SaysNonInteractive(arguments));

    // Switches may be shortened as far as they are unique; what follows -Command or -File belongs to the script.
    private static bool SaysNonInteractive(IEnumerable<string> arguments) => arguments
        .Skip(1)
        .Where(argument => argument.StartsWith('-'))
        .Select(argument => argument.TrimStart('-'))
        .TakeWhile(name => !CommandFollows.Contains(name, StringComparer.OrdinalIgnoreCase))
        .Any(name => name.Length >= 4 && Switch.StartsWith(name, StringComparison.OrdinalIgnoreCase));
}
