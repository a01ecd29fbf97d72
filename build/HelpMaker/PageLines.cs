using System.Collections.Immutable;

namespace DeltaGlider.HelpMaker;

/// <summary>The lines of a page, or of a part of it.</summary>
internal sealed class PageLines(string file, IReadOnlyList<string> lines, int first)
{
    private const string Fence = "```";

    /// <summary>The whole of a file.</summary>
    public static PageLines Of(string file) => new(file, File.ReadAllLines(file), 1);

    /// <summary>The lines themselves.</summary>
    public IReadOnlyList<string> Lines => lines;

    /// <summary>An error at one of the lines, counted from 0 here.</summary>
    public PageException Error(int index, string message) => new(file, first + index, message);

    /// <summary>
    /// The parts under headings of a level, each with its heading's text and the lines up to the next heading of that or a
    /// higher level.
    /// </summary>
    public IEnumerable<(string Heading, PageLines Body)> Parts(int level)
    {
        var mark = new string('#', level) + ' ';
        var start = -1;
        foreach (var (index, heading) in Headings())
        {
            if (Depth(heading) > level) continue;
            if (start >= 0) yield return (lines[start][mark.Length..].Trim(), Slice(start + 1, index));
            start = heading.StartsWith(mark, StringComparison.Ordinal) ? index : -1;
        }

        if (start >= 0) yield return (lines[start][mark.Length..].Trim(), Slice(start + 1, lines.Count));
    }

    /// <summary>The lines before the first heading.</summary>
    public PageLines Intro() => Headings().Select(heading => (int?)heading.Index).FirstOrDefault() is { } end ? Slice(0, end) : this;

    /// <summary>The first fenced block, and what stands before and after it.</summary>
    /// <exception cref="PageException">There is none, or it does not end.</exception>
    public (PageLines Before, PageLines Block, PageLines After) Fenced()
    {
        var start = Find(0);
        var end = start < 0 ? -1 : Find(start + 1);
        if (end < 0) throw Error(0, $"A block between {Fence} and {Fence} is missing here.");
        return (Slice(0, start), Slice(start + 1, end), Slice(end + 1, lines.Count));
    }

    /// <summary>The paragraphs: what blank lines part. Lists and code keep their lines.</summary>
    public ImmutableArray<string> Paragraphs()
    {
        var paragraphs = ImmutableArray.CreateBuilder<string>();
        var current = new List<string>();
        foreach (var line in lines.Append(""))
        {
            if (line.Trim().Length > 0)
            {
                current.Add(line.TrimEnd());
            }
            else if (current.Count > 0)
            {
                paragraphs.Add(Joined(current));
                current.Clear();
            }
        }

        return paragraphs.ToImmutable();
    }

    // Lines of prose run on; those of lists and code do not.
    private static string Joined(List<string> paragraph) => string.Concat(paragraph.Select((line, index) =>
        index == 0 ? line : (line.StartsWith("- ", StringComparison.Ordinal) || line.StartsWith("  ", StringComparison.Ordinal) ? "\n" : " ") + line));

    private static int Depth(string heading) => heading.TakeWhile(sign => sign == '#').Count();

    private PageLines Slice(int start, int end) => new(file, [.. lines.Skip(start).Take(end - start)], first + start);

    private int Find(int from)
    {
        for (var i = from; i < lines.Count; i++)
        {
            if (lines[i].StartsWith(Fence, StringComparison.Ordinal)) return i;
        }

        return -1;
    }

    // A line that starts with # inside of a block is a comment of the code.
    private IEnumerable<(int Index, string Text)> Headings()
    {
        var inBlock = false;
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].StartsWith(Fence, StringComparison.Ordinal)) inBlock = !inBlock;
            else if (!inBlock && lines[i].StartsWith('#') && lines[i].TrimStart('#').StartsWith(' ')) yield return (i, lines[i]);
        }
    }
}
