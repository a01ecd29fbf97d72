using System.Diagnostics;
using System.Globalization;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Benchmarks.Compare;

/// <summary>One encode or decode of large files in a process of its own, with the reference mapped or read into memory.</summary>
internal static class LargeWorker
{
    public const string Command = "large-worker", Encode = "encode", Decode = "decode", Mapped = "mapped", Allocated = "allocated";

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var action, var how, var reference, var target, var delta, var degree, var level]) return 2;
        using var source = how == Mapped ? SourceBuffer.MapFile(reference) : await ReadAsync(reference);
        if (action == Encode)
        {
            await using var input = OpenRead(target);
            await using var output = File.Create(delta);
            var options = new VcdiffEncoderOptions { DegreeOfParallelism = int.Parse(degree, CultureInfo.InvariantCulture), Level = Enum.Parse<VcdiffLevel>(level) };
            await new VcdiffEncoder(source, options).EncodeAsync(input, output);
        }
        else
        {
            await using var input = OpenRead(delta);
            await using var expected = OpenRead(target);
            await using var output = new ComparingStream(expected);
            await new VcdiffDecoder(source).DecodeAsync(input, output);
            output.ThrowIfNotAtEnd();
        }
        return 0;
    }

    public static async Task<MemoryPeak> StartAsync(string action, string how, string reference, string target, string delta, int degree, VcdiffLevel level)
    {
        var program = Environment.ProcessPath!;
        // Under `dotnet some.dll` the process is the host, and the assembly its first argument.
        string[] prefix = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase) ? [typeof(LargeWorker).Assembly.Location] : [];
        string[] arguments = [.. prefix, Command, action, how, reference, target, delta, degree.ToString(CultureInfo.InvariantCulture), level.ToString()];
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var peak = await MemoryPeak.WatchAsync(process);
        return process.ExitCode == 0 ? peak : throw new InvalidOperationException($"{action}, {how} ended with {process.ExitCode}: {await errors}");
    }

    private static async Task<SourceBuffer> ReadAsync(string path)
    {
        await using var file = OpenRead(path);
        return await SourceBuffer.ReadAsync(file, file.Length);
    }

    private static FileStream OpenRead(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
}
