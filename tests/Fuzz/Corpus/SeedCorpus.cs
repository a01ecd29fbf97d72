using System.Text.Json;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Fuzz.Corpus;

/// <summary>All deltas that mutations start from.</summary>
internal sealed class SeedCorpus
{
    private SeedCorpus(List<Seed> seeds) => Seeds = seeds;

    public IReadOnlyList<Seed> Seeds { get; }

    /// <summary>The deltas beside the program, those made on the fly, and the files or folders that were named.</summary>
    public static SeedCorpus Load(IEnumerable<string> paths, bool useXdelta = true)
    {
        var seeds = new List<Seed>();
        string[] own = ["Vectors", "BadDeltas"];
        foreach (var path in own.Select(name => Path.Combine(AppContext.BaseDirectory, name)).Concat(paths)) seeds.AddRange(FromPath(path));
        seeds.AddRange(FromBucket(Path.Combine(AppContext.BaseDirectory, "python-6.1")));
        foreach (var (name, source, target) in SamplePairs.All())
        {
            var ours = Ours(name, source, target).ToList();
            seeds.AddRange(ours);
            seeds.AddRange(ours.Select(LzmaSeeds.Compress).OfType<Seed>());
            if (useXdelta && XdeltaProcess.Find() is { } program) seeds.AddRange(Xdeltas(program, name, source, target));
        }
        seeds.AddRange(HandMade.All());
        return new SeedCorpus(seeds);
    }

    /// <summary>A seed, small ones more often: they are run faster and mutations hit them where it matters.</summary>
    public Seed Pick(FuzzRandom random)
    {
        var (one, other) = (random.Pick(Seeds), random.Pick(Seeds));
        return one.Delta.Length <= other.Delta.Length || random.OneIn(8) ? one : other;
    }

    /// <summary>The sections that went through one secondary compressor.</summary>
    public List<List<SectionModel>> SectionsOf(byte secondaryId) =>
        [.. Seeds.Where(seed => seed.Model is { HasSecondary: true } model && model.SecondaryId == secondaryId)
            .SelectMany(seed => Enumerable.Range(0, 3).Select(seed.SectionsOf)).Where(sections => sections.Count > 0)];

    /// <summary>A delta, or the deltas of a folder and the folders in it.</summary>
    private static IEnumerable<Seed> FromPath(string path)
    {
        var files = Directory.Exists(path) ? Directory.GetFiles(path, "*", SearchOption.AllDirectories)
            : File.Exists(path) ? [path] : throw new FileNotFoundException("No such file or folder.", path);
        foreach (var file in files.Order(StringComparer.Ordinal))
            if (Path.GetExtension(file) is ".vcdiff" or ".delta" or ".xdelta")
                yield return new Seed(Path.GetFileNameWithoutExtension(file), ReferenceOf(file), File.ReadAllBytes(file));
    }

    /// <summary><c>source.bin</c> beside the delta, or <c>NAME.source</c>, or any other <c>.source</c>, or some noise.</summary>
    private static byte[] ReferenceOf(string delta)
    {
        var folder = Path.GetDirectoryName(delta)!;
        var named = Path.Combine(folder, Path.GetFileName(delta).Split('.')[0] + ".source");
        string[] candidates = [Path.Combine(folder, "source.bin"), named, .. Directory.GetFiles(folder, "*.source")];
        return Array.Find(candidates, File.Exists) is { } reference ? File.ReadAllBytes(reference) : new FuzzRandom(1000, 0).Bytes(1000);
    }

    /// <summary>A bucket that the Python DeltaGlider wrote: each delta lies beside the reference of its prefix.</summary>
    private static List<Seed> FromBucket(string folder)
    {
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "manifest.json")));
        var files = manifest.RootElement.GetProperty("objects").EnumerateArray()
            .ToDictionary(entry => entry.GetProperty("key").GetString()!, entry => Path.Combine(folder, entry.GetProperty("file").GetString()!));
        var seeds = new List<Seed>();
        foreach (var (key, file) in files.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var prefix = key[..(key.LastIndexOf('/') + 1)];
            if (key.EndsWith(".delta", StringComparison.Ordinal) && files.TryGetValue(prefix + "reference.bin", out var reference))
                seeds.Add(new Seed($"python/{key}", File.ReadAllBytes(reference), File.ReadAllBytes(file)));
        }
        return seeds;
    }

    private static IEnumerable<Seed> Ours(string name, byte[] source, byte[] target)
    {
        foreach (var (window, checksum) in new[] { (1024, false), (8192, true), (VcdiffEncoderOptions.MaxWindowSize, false) })
        {
            using var reference = SourceBuffer.CopyOf(source);
            var delta = new MemoryStream();
            var options = new VcdiffEncoderOptions { WindowSize = window, Checksum = checksum, ApplicationHeader = checksum ? "a/b/c/"u8.ToArray() : default };
            new VcdiffEncoder(reference, options).EncodeAsync(new MemoryStream(target), delta).AsTask().GetAwaiter().GetResult();
            yield return new Seed($"ours/{name}-{window}", source, delta.ToArray());
        }
    }

    private static IEnumerable<Seed> Xdeltas(string program, string name, byte[] source, byte[] target)
    {
        foreach (var secondary in new[] { "none", "lzma", "djw", "fgk" })
            foreach (var withSource in new[] { true, false })
            {
                var delta = XdeltaProcess.Encode(program, withSource ? source : null, target,
                    withSource ? "-9" : "-1", "-S", secondary, "-W", "16384", withSource ? "-A=t//s/" : "-A=", "-n");
                if (delta is not null) yield return new Seed($"xdelta/{name}-{secondary}{(withSource ? "" : "-alone")}", source, delta);
            }
    }
}
