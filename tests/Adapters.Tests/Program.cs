using DeltaGlider.Adapters.Tests.Cache;
using DeltaGlider.Adapters.Tests.Folder;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace DeltaGlider.Adapters.Tests;

/// <summary>The entry point that xunit would generate, and doors for tests that need a second process.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => args switch
    {
        _ when Child.IsOne => Child.RunAsync(),
        [CacheChild.Switch, .. var rest] => CacheChild.RunAsync(rest),
        _ when args.Any(arg => arg is "--server" or "--internal-msbuild-node") => TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        _ => ConsoleRunner.Run(args),
    };
}
