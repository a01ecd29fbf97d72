using System.Text.Encodings.Web;
using System.Text.Json;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Cli.Output;

/// <summary>
/// Statistics as one JSON document, written as they come: <c>{"deltaspaces":[…], …the total}</c>, the deltaspaces only where
/// they were asked for.
/// </summary>
internal sealed class StatsJson : IStatsOutput
{
    private const int FlushAt = 16 * 1024;

    private readonly TextWriter _output;
    private readonly MemoryStream _buffer = new();
    private readonly Utf8JsonWriter _json;
    private readonly bool _withSpaces;

    /// <param name="output">Where it goes.</param>
    /// <param name="withSpaces">Whether deltaspaces will come.</param>
    public StatsJson(TextWriter output, bool withSpaces)
    {
        _output = output;
        _withSpaces = withSpaces;
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        _json.WriteStartObject();
        if (withSpaces) _json.WriteStartArray("deltaspaces");
    }

    /// <inheritdoc/>
    public void Write(DeltaSpaceStatistics space)
    {
        _json.WriteStartObject();
        _json.WriteString("uri", space.Space.ToString());
        Write(space.Figures);
        if (space.MedianDeltaRatio is { } median) _json.WriteNumber("median_delta_ratio", median);
        else _json.WriteNull("median_delta_ratio");
        _json.WriteString("health", JsonNamingPolicy.SnakeCaseLower.ConvertName(space.Health.ToString()));
        _json.WriteEndObject();
        if (_json.BytesPending + _buffer.Length > FlushAt) Flush();
    }

    /// <inheritdoc/>
    public void Write(BucketStatistics total)
    {
        if (_withSpaces) _json.WriteEndArray();
        _json.WriteString("uri", total.Uri.ToString());
        _json.WriteString("bucket", total.Uri.Bucket);
        _json.WriteString("mode", JsonNamingPolicy.SnakeCaseLower.ConvertName(total.Mode.ToString()));
        Write(total.Figures);
        _json.WriteString("computed_at", total.ComputedAt.UtcDateTime);
        _json.WriteBoolean("from_cache", total.IsFromCache);
        _json.WriteEndObject();
        Flush();
        _output.WriteLine();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _json.Dispose();
        _buffer.Dispose();
    }

    private void Write(StorageFigures figures)
    {
        _json.WriteNumber("object_count", figures.Objects);
        _json.WriteNumber("delta_objects", figures.Deltas);
        _json.WriteNumber("direct_objects", figures.Direct);
        _json.WriteNumber("references", figures.References);
        _json.WriteNumber("total_size", figures.TotalSize);
        _json.WriteNumber("compressed_size", figures.StoredSize);
        _json.WriteNumber("reference_size", figures.ReferenceSize);
        _json.WriteNumber("space_saved", figures.Saved);
        _json.WriteNumber("average_compression_ratio", figures.Ratio);
        _json.WriteBoolean("is_estimate", figures.IsEstimate);
    }

    private void Flush()
    {
        _json.Flush();
        _output.Write(System.Text.Encoding.UTF8.GetString(_buffer.GetBuffer(), 0, (int)_buffer.Length));
        _buffer.SetLength(0);
    }
}
