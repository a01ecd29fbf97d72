using System.Globalization;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Cli.Output;

/// <summary>The lines of <c>ls</c>, in the columns of the AWS CLI.</summary>
/// <param name="output">Where they go.</param>
/// <param name="fullKeys">Whole keys rather than last segments.</param>
/// <param name="human">Sizes for people.</param>
/// <param name="stored">With what each object takes in the store, and as what.</param>
internal sealed class ListingLines(TextWriter output, bool fullKeys, bool human, bool stored)
{
    private const int PrefixColumn = 30;
    private const int SizeWidth = 10;
    private const int KindWidth = 6;

    private long _size;
    private long _storedSize;

    /// <summary>How many objects there were.</summary>
    public int Objects { get; private set; }

    /// <summary>How many lines there were.</summary>
    public int Lines { get; private set; }

    /// <summary>A bucket.</summary>
    public void Write(BucketInfo bucket) => output.WriteLine($"{Time(bucket.CreatedAt)} {bucket.Name}");

    /// <summary>An object or a prefix.</summary>
    public void Write(ObjectEntry entry)
    {
        Lines++;
        if (entry.IsPrefix)
        {
            var column = stored ? PrefixColumn + SizeWidth + KindWidth + 2 : PrefixColumn;
            output.WriteLine($"{"PRE".PadLeft(column)} {LastSegment(entry.Uri.Key)}");
            return;
        }

        Objects++;
        _size += entry.Size;
        _storedSize += entry.StoredSize;
        var extra = stored ? $" {Size(entry.StoredSize)} {NameOf(entry.Storage).PadRight(KindWidth)}" : "";
        output.WriteLine($"{Time(entry.LastModified)} {Size(entry.Size)}{extra} {(fullKeys ? entry.Uri.Key : entry.Uri.Name)}");
    }

    /// <summary>The totals.</summary>
    public void WriteSummary()
    {
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Total Objects: {Objects}"));
        output.WriteLine($"   Total Size: {Size(_size).TrimStart()}");
        if (stored) output.WriteLine($"  Stored Size: {Size(_storedSize).TrimStart()}");
    }

    private static string Time(DateTimeOffset? time) =>
        (time?.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "").PadRight(19);

    private static string LastSegment(string prefix) => prefix.Split('/') is [.., var last, ""] ? last + "/" : prefix;

    private static string NameOf(StorageKind kind) => kind switch
    {
        StorageKind.Delta => "delta",
        StorageKind.Reference => "ref",
        _ => "direct",
    };

    private string Size(long bytes) =>
        (human ? HumanSize.Of(bytes) : bytes.ToString(CultureInfo.InvariantCulture)).PadLeft(SizeWidth);
}
