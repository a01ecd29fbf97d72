using System.Globalization;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Benchmarks.Compare;

/// <summary>
/// <c>memory [--gib N] [--edits N] [--degree N] [--level fast|default|best] [--folder PATH]</c>: encodes and decodes a large file against another
/// one of its size, each in a process of its own, and prints the most memory that process had, beside the goal.
/// </summary>
internal static class MemoryCommand
{
    private const string Usage = "memory [--gib N] [--edits N] [--degree N] [--level fast|default|best] [--folder PATH]";
    private const long Overhead = 512L << 20;

    public static async Task<int> RunAsync(string[] args)
    {
        var (gib, edits, degree, level, root) = (2.0, 2000, 1, VcdiffLevel.Default, Path.GetTempPath());
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length) return Refuse();
            switch (args[i])
            {
                case "--gib": gib = double.Parse(args[i + 1], CultureInfo.InvariantCulture); break;
                case "--edits": edits = int.Parse(args[i + 1], CultureInfo.InvariantCulture); break;
                case "--degree": degree = int.Parse(args[i + 1], CultureInfo.InvariantCulture); break;
                case "--level" when Enum.TryParse(args[i + 1], ignoreCase: true, out VcdiffLevel chosen) && Enum.IsDefined(chosen): level = chosen; break;
                case "--folder": root = args[i + 1]; break;
                default: return Refuse();
            }
        }

        var length = (long)(gib * (1L << 30));
        var free = new DriveInfo(Path.GetFullPath(root)).AvailableFreeSpace;
        if (free < 3 * length) throw new IOException($"{root} has {free >> 20} MiB free; {3 * length >> 20} MiB are needed.");
        var folder = Directory.CreateDirectory(Path.Combine(root, $"deltaglider-memory-{Environment.ProcessId}")).FullName;
        try
        {
            await MeasureAsync(folder, length, edits, degree, level);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return 0;
    }

    private static async Task MeasureAsync(string folder, long length, int edits, int degree, VcdiffLevel level)
    {
        var (reference, target, delta) = (Path.Combine(folder, "reference"), Path.Combine(folder, "target"), Path.Combine(folder, "delta"));
        await LargePair.WriteAsync(reference, target, length, edits);
        Console.WriteLine($"Reference {length >> 20} MiB, target {new FileInfo(target).Length >> 20} MiB, {edits} edits, degree {degree}, level {level}; goal: reference + {Overhead >> 20} MiB.");
        Console.WriteLine($"{"what",-18} {"peak MiB",9} {"anonymous",10} {"of files",9} {"over ref.",10} {"seconds",8} {"CPU s",7}  goal");
        foreach (var source in new[] { LargeWorker.Mapped, LargeWorker.Allocated })
            foreach (var action in new[] { LargeWorker.Encode, LargeWorker.Decode })
            {
                var peak = await LargeWorker.StartAsync(action, source, reference, target, delta, degree, level);
                Report($"{action}, {source}", peak, length);
            }
        Console.WriteLine($"The delta has {new FileInfo(delta).Length:N0} bytes; what it decodes to was compared with the target.");
    }

    private static void Report(string what, MemoryPeak peak, long reference)
    {
        var over = peak.Resident - reference;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what,-18} {peak.Resident >> 20,9} {peak.Anonymous >> 20,10} {peak.OfFiles >> 20,9} {over >> 20,10} {peak.Seconds,8:F1} {peak.CpuSeconds,7:F1}  {(over <= Overhead ? "met" : "MISSED")}"));
    }

    private static int Refuse()
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }
}
