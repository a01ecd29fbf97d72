using System.Diagnostics;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Cli.Output;

/// <summary>One line on a terminal that says how far the work is, rewritten at most five times a second.</summary>
internal sealed class ProgressLine(TextWriter terminal) : IProgressSink, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly object _gate = new();
    private long _last;
    private int _shown;

    /// <summary>A line where somebody watches; null, which the use cases take as "tell nobody", where not.</summary>
    public static ProgressLine? For(Host host, bool wanted) => wanted && host.IsErrorATerminal ? new ProgressLine(host.Error) : null;

    /// <inheritdoc/>
    public void Report(ByteProgress progress)
    {
        lock (_gate)
        {
            if (_last != 0 && Stopwatch.GetElapsedTime(_last) < Interval) return;
            _last = Stopwatch.GetTimestamp();
            Write(Text(progress));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Wipe();

    /// <summary>Wipes the line, until the next that is told.</summary>
    public void Wipe()
    {
        lock (_gate)
        {
            if (_shown > 0) Write("");
            _shown = 0;
        }
    }

    private static string Text(ByteProgress progress)
    {
        var total = progress.Total is { } bytes ? $"/{HumanSize.Of(bytes)}" : "";
        return $"Completed {HumanSize.Of(progress.Done)}{total} ({PhaseOf(progress.Phase)})";
    }

    private static string PhaseOf(WorkPhase phase) => phase switch
    {
        WorkPhase.Hashing => "reading",
        WorkPhase.FetchingReference => "fetching the reference",
        WorkPhase.Encoding => "making the delta",
        WorkPhase.Proving => "proving the delta",
        WorkPhase.Uploading => "uploading",
        _ => "downloading",
    };

    private void Write(string text)
    {
        terminal.Write($"\r{text.PadRight(_shown)}{(text.Length == 0 ? "\r" : "")}");
        _shown = text.Length;
    }
}
