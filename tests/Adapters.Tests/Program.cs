using DeltaGlider.Adapters.Tests.Folder;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace DeltaGlider.Adapters.Tests;

/// <summary>The entry point xunit would generate, but for the children that folder store tests start.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (Child.IsOne) return await Child.RunAsync();
        return args.Contains("--server") || args.Contains("--internal-msbuild-node")
            ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(args);
    }
}
