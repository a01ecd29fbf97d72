using DeltaGlider.Vcdiff;

namespace DeltaGlider.Benchmarks.Compare;

/// <summary>One encode or decode in a process of its own, so that its memory can be measured.</summary>
internal static class Worker
{
    public const string Command = "worker";

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["encode", var source, var target, var made, var options]) await OurCodec.EncodeAsync(source, target, made, Options.Parse(options));
        else if (args is ["decode", var reference, var delta, var restored]) await OurCodec.DecodeAsync(reference, delta, restored);
        else return 2;
        return 0;
    }

    public static Task<(double Seconds, long PeakBytes)> StartAsync(params string[] args) =>
        ChildProcess.RunAsync(Environment.ProcessPath!, [.. Prefix(), Command, .. args]);

    // Under `dotnet some.dll` the process is the host, and the assembly its first argument.
    private static string[] Prefix() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath!).Equals("dotnet", StringComparison.OrdinalIgnoreCase)
            ? [typeof(Worker).Assembly.Location]
            : [];

    internal static class Options
    {
        public static VcdiffEncoderOptions Parse(string level) => new() { Level = Enum.Parse<VcdiffLevel>(level, ignoreCase: true) };
    }
}
