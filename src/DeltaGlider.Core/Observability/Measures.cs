using System.Diagnostics.Metrics;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Observability;

/// <summary>
/// What this program counts and times, for whoever listens to the meter <c>DeltaGlider</c>. Names, units and tags are
/// promised in docs/observability.md.
/// </summary>
public static class Measures
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "DeltaGlider";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Puts = Meter.CreateCounter<long>("deltaglider.puts", "{file}", "Files stored.");
    private static readonly Counter<long> Gets = Meter.CreateCounter<long>("deltaglider.gets", "{object}", "Objects fetched.");
    private static readonly Counter<long> Failures = Meter.CreateCounter<long>("deltaglider.failures", "{operation}", "Operations that failed or were cancelled.");
    private static readonly Counter<long> BytesIn = Meter.CreateCounter<long>("deltaglider.bytes.in", "By", "Bytes of the files stored, as they are on the disk.");
    private static readonly Counter<long> BytesOut = Meter.CreateCounter<long>("deltaglider.bytes.out", "By", "Bytes of the files fetched, as they are on the disk.");
    private static readonly Counter<long> BytesStored = Meter.CreateCounter<long>("deltaglider.bytes.stored", "By", "Bytes that the files stored take in the bucket, references created for them included.");
    private static readonly UpDownCounter<long> BytesSaved = Meter.CreateUpDownCounter<long>("deltaglider.bytes.saved", "By", "Bytes in, less bytes stored; a new reference takes from it.");
    private static readonly Histogram<double> Ratio = Meter.CreateHistogram<double>("deltaglider.put.ratio", "1", "The stored object's share of its file's size, for each file stored as a delta.");
    private static readonly Histogram<double> Encoding = Meter.CreateHistogram<double>("deltaglider.encode.duration", "s", "Time taken to make a delta, reading its file included.");
    private static readonly Histogram<double> Decoding = Meter.CreateHistogram<double>("deltaglider.decode.duration", "s", "Time taken to apply a delta, reading it from the bucket and writing the file included.");
    private static readonly Counter<long> CacheHits = Meter.CreateCounter<long>("deltaglider.cache.hits", "{reference}", "References that were in memory, or on their way into it.");
    private static readonly Counter<long> CacheMisses = Meter.CreateCounter<long>("deltaglider.cache.misses", "{reference}", "References that had to be loaded.");
    private static readonly Counter<long> Retries = Meter.CreateCounter<long>("deltaglider.retries", "{attempt}", "Further attempts after one that failed for the moment.");

    /// <summary>A request was sent once more.</summary>
    public static void RequestRepeated() => Retries.Add(1, Tag("deltaglider.retry.reason", "request"));

    /// <summary>A download that broke off was picked up again.</summary>
    public static void BodyResumed() => Retries.Add(1, Tag("deltaglider.retry.reason", "body"));

    /// <summary>A write that others got in the way of was made once more.</summary>
    public static void WriteRepeated() => Retries.Add(1, Tag("deltaglider.retry.reason", "conflict"));

    internal static void Stored(PutObjectResult result)
    {
        var storage = Storage(result.Storage);
        Puts.Add(1, storage);
        BytesIn.Add(result.Size, storage);
        BytesStored.Add(result.StoredSize + result.ReferenceSize, storage);
        BytesSaved.Add(result.Size - result.StoredSize - result.ReferenceSize, storage);
        if (result.Storage != StorageKind.Delta) return;
        if (result.Size > 0) Ratio.Record((double)result.StoredSize / result.Size);
        Encoding.Record(result.EncodeTime.TotalSeconds);
    }

    internal static void Fetched(GetObjectResult result)
    {
        var storage = Storage(result.Storage);
        Gets.Add(1, storage);
        BytesOut.Add(result.Size, storage);
    }

    internal static void Decoded(TimeSpan time) => Decoding.Record(time.TotalSeconds);

    internal static void Failed(string operation, string kind) =>
        Failures.Add(1, Tag("deltaglider.operation", operation), Tag("error.type", kind));

    internal static void CacheAsked(bool wasThere) => (wasThere ? CacheHits : CacheMisses).Add(1);

    internal static string NameOf(StorageKind storage) => storage switch
    {
        StorageKind.Direct => "direct",
        StorageKind.Delta => "delta",
        _ => "reference",
    };

    private static KeyValuePair<string, object?> Storage(StorageKind storage) => Tag("deltaglider.storage", NameOf(storage));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
