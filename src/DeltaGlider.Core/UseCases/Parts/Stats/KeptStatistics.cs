using System.Buffers;
using System.Text.Json;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Rules;

namespace DeltaGlider.Core.UseCases.Parts.Stats;

/// <summary>
/// Statistics as they are kept in a bucket, in the form that the Python tool reads and writes. A document of another
/// version (the proxy's is 2.0, with other fields), or one that makes no sense, is as good as none.
/// </summary>
/// <param name="Figures">The totals; what the document does not have is 0.</param>
/// <param name="ComputedAt">When they were taken; as far as the document says.</param>
/// <param name="Mark">The listing that they were taken of.</param>
internal sealed record KeptStatistics(StorageFigures Figures, DateTimeOffset? ComputedAt, ListingMark Mark)
{
    private const string Version = "1.0";

    /// <summary>No document of statistics is as large as this.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>Where statistics of a mode are kept.</summary>
    public static S3Uri PlaceOf(string bucket, StatsMode mode) => new(bucket, $"{DeltaSpace.InternalPrefix}stats_{NameOf(mode)}.json");

    /// <summary>Reads a document.</summary>
    public static KeptStatistics? TryRead(ReadOnlyMemory<byte> json, StatsMode mode)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
            var root = document.RootElement;
            if (root.GetProperty("version").GetString() != Version || root.GetProperty("mode").GetString() != NameOf(mode)) return null;
            var stats = root.GetProperty("stats");
            var validation = root.GetProperty("validation");
            if (IsTrue(stats, "object_limit_reached")) return null; // then they are of a part of the bucket only
            var deltas = Number(stats, "delta_objects");
            var figures = new StorageFigures
            {
                Deltas = deltas,
                Direct = Number(stats, "direct_objects"),
                TotalSize = Number(stats, "total_size"),
                StoredSize = Number(stats, "compressed_size"),
                // Python looks at no delta in its quick mode, and at one of each deltaspace in its sampled one; it does not say so.
                IsEstimate = root.TryGetProperty("estimate", out var estimate) ? estimate.GetBoolean() : mode != StatsMode.Detailed && deltas > 0,
            };
            var computedAt = root.TryGetProperty("computed_at", out var at) ? Timestamps.Parse(at.GetString()) : null;
            return new KeptStatistics(figures, computedAt, new ListingMark(Number(validation, "object_count"), Number(validation, "compressed_size")));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The document of statistics of a whole bucket.</summary>
    public static byte[] Write(BucketStatistics statistics, ListingMark mark)
    {
        var figures = statistics.Figures;
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("version", Version);
            writer.WriteString("mode", NameOf(statistics.Mode));
            writer.WriteString("computed_at", Timestamps.Format(statistics.ComputedAt));
            writer.WriteStartObject("validation");
            writer.WriteNumber("object_count", mark.Objects);
            writer.WriteNumber("compressed_size", mark.Bytes);
            writer.WriteEndObject();
            // Exactly these: Python makes an object of them and stumbles over any other.
            writer.WriteStartObject("stats");
            writer.WriteString("bucket", statistics.Uri.Bucket);
            writer.WriteNumber("object_count", figures.Objects);
            writer.WriteNumber("total_size", figures.TotalSize);
            writer.WriteNumber("compressed_size", figures.StoredSize);
            writer.WriteNumber("space_saved", figures.Saved);
            writer.WriteNumber("average_compression_ratio", figures.Ratio);
            writer.WriteNumber("delta_objects", figures.Deltas);
            writer.WriteNumber("direct_objects", figures.Direct);
            writer.WriteBoolean("object_limit_reached", false);
            writer.WriteEndObject();
            writer.WriteBoolean("estimate", figures.IsEstimate);
            writer.WriteEndObject();
        }

        return json.WrittenSpan.ToArray();
    }

    private static string NameOf(StatsMode mode) => mode switch
    {
        StatsMode.Quick => "quick",
        StatsMode.Sampled => "sampled",
        _ => "detailed",
    };

    private static long Number(JsonElement of, string name) => of.GetProperty(name).GetInt64() is >= 0 and var number
        ? number
        : throw new FormatException($"{name} is negative.");

    private static bool IsTrue(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
