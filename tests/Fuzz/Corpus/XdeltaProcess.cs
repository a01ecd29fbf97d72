using System.Diagnostics;

namespace DeltaGlider.Fuzz.Corpus;

/// <summary>The reference implementation, where it is installed, as a source of deltas.</summary>
internal static class XdeltaProcess
{
    public static string? Find()
    {
        var name = OperatingSystem.IsWindows() ? "xdelta3.exe" : "xdelta3";
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    /// <summary>A delta, or null where this build lacks what the options ask for.</summary>
    public static byte[]? Encode(string program, byte[]? source, byte[] target, params string[] options)
    {
        var folder = Directory.CreateTempSubdirectory("deltaglider-fuzz-").FullName;
        try
        {
            var (sourcePath, targetPath, deltaPath) = (Path.Combine(folder, "s"), Path.Combine(folder, "t"), Path.Combine(folder, "d"));
            File.WriteAllBytes(sourcePath, source ?? []);
            File.WriteAllBytes(targetPath, target);
            string[] arguments = ["-e", "-D", "-f", "-q", .. options, .. source is null ? Array.Empty<string>() : ["-s", sourcePath], targetPath, deltaPath];
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            _ = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? File.ReadAllBytes(deltaPath) : null;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
