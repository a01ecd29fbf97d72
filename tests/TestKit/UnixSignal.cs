using System.Runtime.InteropServices;
using Xunit;

namespace DeltaGlider.TestKit;

/// <summary>Sends signals to child processes, without a program that may not be installed.</summary>
public static class UnixSignal
{
    private const int Terminate = 15;

    /// <summary>Asks a process to end, as a service manager does: SIGTERM.</summary>
    public static void SendTerminate(int processId) => Assert.Equal(0, Kill(processId, Terminate));

    /// <summary>Sends any signal.</summary>
    public static void Send(int processId, int signal) => Assert.Equal(0, Kill(processId, signal));

    [DllImport("libc", EntryPoint = "kill", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
