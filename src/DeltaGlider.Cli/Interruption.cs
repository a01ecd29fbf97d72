using System.Runtime.InteropServices;

namespace DeltaGlider.Cli;

/// <summary>
/// Turns the first Ctrl+C or SIGTERM into a cancellation, so that temporary files go and uploads are aborted; a second
/// one ends the process as it would have.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    /// <summary>Listens to <paramref name="signals"/>.</summary>
    public Interruption(params PosixSignal[] signals) =>
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>What the run returns when it was cut off.</summary>
    public int ExitCode { get; private set; } = ExitCodes.Interrupted;

    /// <summary>What cut the run off, in words.</summary>
    public string Reason => ExitCode == ExitCodes.Terminated ? "terminated" : "ctrl-c received";

    /// <summary>Cancels, as a signal would.</summary>
    public void Cancel() => _source.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested) return;
        context.Cancel = true;
        if (context.Signal == PosixSignal.SIGTERM) ExitCode = ExitCodes.Terminated;
        Cancel();
    }
}
