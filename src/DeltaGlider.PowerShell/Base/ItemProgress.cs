using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Output;

namespace DeltaGlider.Base;

/// <summary>The progress of one item, in a slot of the board. Disposed, it takes its bar away.</summary>
internal sealed class ItemProgress(ProgressBoard board, int slot) : IProgressSink, IDisposable
{
    private int _ended;

    /// <inheritdoc/>
    public void Report(ByteProgress progress) =>
        board.Show(slot, Describe(progress), Percent(progress));

    /// <summary>What is being done to which object, and how many bytes of how many are done.</summary>
    internal static string Describe(ByteProgress progress) => $"{Words(progress.Phase)} {progress.Subject}{Bytes(progress)}";

    /// <inheritdoc/>
    public void Dispose()
    {
        // The slot may be another item's by the second time.
        if (Interlocked.Exchange(ref _ended, 1) == 0) board.End(slot);
    }

    // Without a total there is no share to show: -1 is PowerShell's "unknown".
    private static int Percent(ByteProgress progress) => progress.Total is { } total and > 0
        ? (int)Math.Clamp(100 * progress.Done / total, 0, 100)
        : -1;

    private static string Bytes(ByteProgress progress) => progress.Total is { } total
        ? $": {Human.Size(progress.Done)} of {Human.Size(total)}"
        : progress.Done > 0 ? $": {Human.Size(progress.Done)}" : "";

    private static string Words(WorkPhase phase) => phase switch
    {
        WorkPhase.Hashing => "Reading",
        WorkPhase.FetchingReference => "Fetching the reference of",
        WorkPhase.Encoding => "Making the delta of",
        WorkPhase.Proving => "Proving the delta of",
        WorkPhase.Uploading => "Storing",
        WorkPhase.Downloading => "Fetching",
        _ => phase.ToString(),
    };
}
