using System.Runtime.InteropServices;
using System.Text;
using DeltaGlider.Cli;

// Keys may be in any script; Windows' consoles start out with a code page of their own.
if (OperatingSystem.IsWindows()) Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

using var interruption = new Interruption(PosixSignal.SIGINT, PosixSignal.SIGTERM);
var host = new Host(Console.Out, Console.Error, IsErrorATerminal: !Console.IsErrorRedirected, Environment.GetEnvironmentVariable);
return await CommandTree.RunAsync(args, host, interruption).ConfigureAwait(false);
