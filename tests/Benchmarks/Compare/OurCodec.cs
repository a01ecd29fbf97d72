using DeltaGlider.Vcdiff;

namespace DeltaGlider.Benchmarks.Compare;

/// <summary>This project's codec on files, as its users run it: the reference in memory, everything else streamed.</summary>
internal static class OurCodec
{
    public static async Task EncodeAsync(string reference, string target, string delta, VcdiffEncoderOptions options)
    {
        using var source = SourceBuffer.MapFile(reference);
        await using var input = OpenRead(target);
        await using var output = File.Create(delta);
        await new VcdiffEncoder(source, options).EncodeAsync(input, output);
    }

    public static async Task DecodeAsync(string reference, string delta, string target)
    {
        using var source = SourceBuffer.MapFile(reference);
        await using var input = OpenRead(delta);
        await using var output = File.Create(target);
        await new VcdiffDecoder(source).DecodeAsync(input, output);
    }

    private static FileStream OpenRead(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
}
