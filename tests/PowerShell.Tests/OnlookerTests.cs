using DeltaGlider.Base;

namespace DeltaGlider.PowerShell.Tests;

public sealed class OnlookerTests
{
    [Theory]
    [InlineData("ConsoleHost", false, "pwsh", true)]
    [InlineData("ConsoleHost", true, "pwsh", false)]
    [InlineData("ConsoleHost", false, "pwsh -NoProfile -NonInteractive", false)]
    [InlineData("ConsoleHost", false, "pwsh -noni -File x.ps1", false)]
    [InlineData("ConsoleHost", false, "pwsh --noninteractive", false)]
    [InlineData("ConsoleHost", false, "pwsh -File x.ps1 -NonInteractive", true)]
    [InlineData("ConsoleHost", false, "pwsh -NoLogo -NoExit", true)]
    [InlineData("Visual Studio Code Host", true, "pwsh -NonInteractive", true)]
    public void Only_a_console_that_somebody_looks_at_gets_progress(string host, bool redirected, string commandLine, bool there) =>
        Assert.Equal(there, Onlooker.IsThere(host, redirected, commandLine.Split(' ')));
}
