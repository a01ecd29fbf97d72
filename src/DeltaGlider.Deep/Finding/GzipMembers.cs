using DeltaGlider.Deep.Gzip;
using DeltaGlider.Deep.Inflate;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Deep.Finding;

/// <summary>
/// Follows the members of a gzip file (RFC 1952). Where a member ends is nowhere written, so each is inflated once, to
/// nowhere.
/// </summary>
internal static class GzipMembers
{
    private const int TrailerLength = 8;

    // A header with a name, a comment and the longest extra field.
    private const int MaxHeader = 128 * 1024;

    public static unsafe List<FoundStream> Read(SourceBuffer file, long maxPlainBytes, CancellationToken cancellationToken)
    {
        var found = new List<FoundStream>();
        using var lease = file.Lease();
        using var meter = new InflateMeter();
        for (long at = 0; at < file.Length && found.Count < StreamFinder.MaxStreams;)
        {
            if (GzipHeader.TryRead(file.Slice(at, (int)Math.Min(MaxHeader, file.Length - at))) is not { } header) break;
            var start = at + header.Bytes.Length;
            var measured = meter.Measure(file.Pointer + start, file.Length - start, maxPlainBytes, cancellationToken);
            if (measured.Status != InflateStatus.Ended) break;
            found.Add(new FoundStream("", start, measured.Consumed, measured.Produced, IsDeflated: true, 0));
            maxPlainBytes -= measured.Produced;
            at = start + measured.Consumed + TrailerLength;
        }

        return found;
    }
}
