using System.Diagnostics;
using System.Globalization;
using DeltaGlider.Benchmarks.Compare;
using DeltaGlider.Deep.Deflate;

namespace DeltaGlider.Benchmarks.Deflate;

/// <summary>
/// <c>deflate [FILES…]</c>: which emulated encoder gives back each deflate stream of real zip and gzip files, bit for bit; without
/// files, of the suite's packages.
/// </summary>
internal static class DeflateCommand
{
    private const string None = "none";

    public static int Run(string[] files)
    {
        if (files.Length == 0) files = [.. Suite.Archives().SelectMany(pair => new[] { pair.Reference, pair.Target })];
        var all = new SortedDictionary<string, Tally>(StringComparer.Ordinal);
        foreach (var file in files) Add(file, all);

        Console.WriteLine();
        Console.WriteLine($"{"encoder",-28}{"streams",9}{"packed",16}{"content",16}{"MB/s CPU",10}");
        foreach (var (name, tally) in all.OrderByDescending(one => one.Value.Packed)) Console.WriteLine(tally.Row(name, name != None));
        var total = all.Values.Sum(one => one.Packed);
        var exact = total - (all.GetValueOrDefault(None)?.Packed ?? 0);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"exact: {exact:N0} of {total:N0} bytes, {100.0 * exact / Math.Max(total, 1):0.000} %"));
        return 0;
    }

    private static void Add(string file, SortedDictionary<string, Tally> all)
    {
        DeflateParameters? last = null;
        var encoders = new SortedDictionary<string, int>(StringComparer.Ordinal);
        long packed = 0, exact = 0;
        var nearest = "";
        foreach (var stream in PackedStream.Of(File.ReadAllBytes(file)))
        {
            var match = EncoderSearch.FindNearest(stream.Deflated, stream.Content, new EncoderQuery { Hint = last }, CancellationToken.None);
            var name = match is { IsExact: true } ? match.Encoder.Id : None;
            // The search's time depends on the hint; that of the encoder alone is what a reader will wait for.
            var seconds = name == None ? 0 : Make(match!.Encoder, stream);
            if (!all.TryGetValue(name, out var tally)) all[name] = tally = new Tally();
            tally.Add(stream.Deflated.Length, stream.Content.Length, seconds);
            encoders[name] = encoders.GetValueOrDefault(name) + 1;
            packed += stream.Deflated.Length;
            if (name != None)
            {
                exact += stream.Deflated.Length;
                last = match!.Encoder;
            }
            else if (nearest.Length == 0 && match is not null)
            {
                nearest = string.Create(CultureInfo.InvariantCulture, $"; first miss: {match.Encoder.Id} makes {match.EqualBytes:N0} of {stream.Deflated.Length:N0}");
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Path.GetFileName(file)}: {exact:N0} of {packed:N0} ({string.Join(", ", encoders.OrderByDescending(one => one.Value).Select(one => $"{one.Key} {one.Value}"))}){nearest}"));
    }

    private static double Make(DeflateParameters parameters, PackedStream stream)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var encoder = new DeflateEncoder(parameters, Stream.Null);
        encoder.Append(stream.Content.GetBuffer().AsSpan(0, (int)stream.Content.Length));
        encoder.Finish();
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalSeconds;
    }
}
