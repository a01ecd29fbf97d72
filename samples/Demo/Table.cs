using System.Globalization;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Demo;

/// <summary>The demo's table.</summary>
internal static class Table
{
    /// <summary>Writes a row for each release, the totals, and why they are what they are.</summary>
    public static void Write(TextWriter output, IReadOnlyList<Row> rows, DeltaFormat format)
    {
        output.WriteLine("version          size        stored    saved   encode   decode   SHA-256");
        foreach (var row in rows) output.WriteLine(Line(row));
        var size = rows.Sum(row => row.Release.Size);
        var stored = rows.Sum(row => row.Stored);
        output.WriteLine($"{"total",-10} {Number(size),12} {Number(stored),12}  {Percent(size, stored),6}");
        output.WriteLine();
        output.WriteLine($"{rows.Count(row => row.IsProven)} of {rows.Count} releases restored with the SHA-256 of the original. The first one is kept whole, as the reference of the others.");
        output.WriteLine(format == DeltaFormat.Vcdiff
            ? "A .nupkg is compressed: members that did not change come out of the reference, a changed member looks new from its first change on."
            : "Changed members were unpacked, and only what differs in their content was stored; packed again, they are the same bit for bit.");
    }

    /// <summary>A count with its thousands apart.</summary>
    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Line(Row row)
    {
        var how = row.Put switch
        {
            { ReferenceSize: > 0 } => ", reference",
            { Storage: StorageKind.Direct } => ", stored whole",
            _ => "",
        };
        return $"{row.Release.Version,-10} {Number(row.Release.Size),12} {Number(row.Stored),12}  {Percent(row.Release.Size, row.Stored),6} {Time(row.Put.EncodeTime)} {Time(row.Get.DecodeTime)}   "
            + $"{row.Release.Sha256[..12]} {(row.IsProven ? "ok" : "WRONG")}{how}";
    }

    private static string Percent(long size, long stored) => (1 - ((double)stored / size)).ToString("P1", CultureInfo.InvariantCulture).Replace(" ", "", StringComparison.Ordinal).Replace("-0.0", "0.0", StringComparison.Ordinal);

    private static string Time(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds,5:F0} ms");
}
