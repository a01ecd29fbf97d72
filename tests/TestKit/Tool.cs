using System.Diagnostics;
using Xunit;

namespace DeltaGlider.TestKit;

/// <summary>A program of the machine's, as an oracle.</summary>
public sealed class Tool
{
    private readonly string _path;

    private Tool(string path) => _path = path;

    /// <summary>The program, or a skipped test where there is none.</summary>
    public static Tool Demand(string name)
    {
        var path = Requirement.FindProgram(name);
        Requirement.Demand(name, path is not null, $"install {name} and have it on PATH");
        return new Tool(path!);
    }

    /// <summary>Runs it with <paramref name="input"/> as its standard input.</summary>
    /// <returns>What it wrote to its standard output.</returns>
    public byte[] Run(ReadOnlyMemory<byte> input, params string[] arguments)
    {
        var (code, output, errors) = Try(input, arguments);
        Assert.True(code == 0, $"{_path} {string.Join(' ', arguments)}: {errors}");
        return output;
    }

    /// <summary>Runs it, whatever becomes of it.</summary>
    public (int ExitCode, byte[] Output, string Errors) Try(ReadOnlyMemory<byte> input, params string[] arguments)
    {
        var start = new ProcessStartInfo(_path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var feeding = Task.Run(() =>
        {
            try
            {
                using var stdin = process.StandardInput.BaseStream;
                stdin.Write(input.Span);
            }
            catch (IOException)
            {
                // It ended without reading everything; its exit code says whether that is an error.
            }
        });
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        feeding.Wait();
        return (process.ExitCode, output.ToArray(), errors.Result);
    }
}
