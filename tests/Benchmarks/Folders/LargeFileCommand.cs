using System.Globalization;
using System.Security.Cryptography;

namespace DeltaGlider.Benchmarks.Folders;

/// <summary>
/// <c>large-file [--gib N] [--folder PATH]</c>: syncs one large file, a sparse one, to the S3 server that DG_TEST_S3_ENDPOINT
/// names and back again, compares the two, and prints what it took.
/// </summary>
internal static class LargeFileCommand
{
    private const string Usage = "large-file [--gib N] [--folder PATH]";

    public static async Task<int> RunAsync(string[] args)
    {
        var (gib, root) = (5.0, Path.GetTempPath());
        for (var i = 0; i < args.Length; i += 2)
        {
            switch (args[i])
            {
                case "--gib" when i + 1 < args.Length: gib = double.Parse(args[i + 1], CultureInfo.InvariantCulture); break;
                case "--folder" when i + 1 < args.Length: root = args[i + 1]; break;
                default:
                    Console.Error.WriteLine(Usage);
                    return 2;
            }
        }

        var folder = Directory.CreateDirectory(Path.Combine(root, $"deltaglider-large-{Environment.ProcessId}")).FullName;
        try
        {
            await MeasureAsync(folder, (long)(gib * (1L << 30)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task MeasureAsync(string folder, long length)
    {
        var (up, down) = (Path.Combine(folder, "up"), Path.Combine(folder, "down"));
        Directory.CreateDirectory(up);
        WriteSparse(Path.Combine(up, "large.dat"), length);
        var tool = new SyncTool(false, new Uri(SyncCommand.Need("DG_TEST_S3_ENDPOINT")), up, $"dg-large-{Guid.NewGuid():N}");
        await tool.MakeBucketAsync();
        Report("up", await tool.SyncAsync(), length);
        Report("unchanged", await tool.SyncAsync(), length);
        Report("down", await tool.FetchAsync(down), length);
        await using var one = File.OpenRead(Path.Combine(up, "large.dat"));
        await using var other = File.OpenRead(Path.Combine(down, "large.dat"));
        var (first, second) = (await SHA256.HashDataAsync(one), await SHA256.HashDataAsync(other));
        var same = first.SequenceEqual(second);
        Console.WriteLine(same && File.GetLastWriteTimeUtc(one.Name) == File.GetLastWriteTimeUtc(other.Name) ? "The same bytes, and the same time." : "WRONG: not the same file.");
        await tool.EmptyAsync();
    }

    // A few bytes here and there; what lies between is made up by the file system.
    private static void WriteSparse(string path, long length)
    {
        using var file = new FileStream(path, FileMode.CreateNew);
        file.SetLength(length);
        for (var at = 0L; at < length; at += 97L << 20)
        {
            file.Position = at;
            file.WriteByte((byte)(at >> 20));
        }
    }

    private static void Report(string what, SyncFigures figures, long length) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what,-10} {length >> 20} MiB: {figures.Seconds:F1} s, {figures.CpuSeconds:F1} CPU s, peak {figures.PeakBytes >> 20} MiB"));
}
