using System.Diagnostics;
using DeltaGlider.TestKit;

namespace DeltaGlider.Vcdiff.Tests;

/// <summary>The reference implementation as a process, in a folder of its own.</summary>
internal sealed class Xdelta : IDisposable
{
    private readonly string _program;
    private readonly string _folder = Directory.CreateTempSubdirectory("vcdiff").FullName;

    public Xdelta()
    {
        var program = Requirement.FindProgram("xdelta3");
        Requirement.Demand("xdelta3", program != null, "install the xdelta3 package and have it on PATH");
        _program = program!;
    }

    public byte[] Decode(byte[] source, byte[] delta) => Run(source, delta, "-d");

    public byte[] Encode(byte[] source, byte[] target, params string[] options) => Run(source, target, ["-e", .. options]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private byte[] Run(byte[] source, byte[] input, params string[] options)
    {
        var sourcePath = Path.Combine(_folder, "source");
        var inputPath = Path.Combine(_folder, "input");
        var outputPath = Path.Combine(_folder, "output");
        File.WriteAllBytes(sourcePath, source);
        File.WriteAllBytes(inputPath, input);
        string[] arguments = [.. options, "-D", "-f", "-s", sourcePath, inputPath, outputPath];
        using var process = Process.Start(new ProcessStartInfo(_program, arguments) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"xdelta3 {string.Join(' ', arguments)}: {errors}");
        return File.ReadAllBytes(outputPath);
    }
}
