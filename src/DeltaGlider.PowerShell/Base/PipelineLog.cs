using System.Management.Automation;
using Microsoft.Extensions.Logging;

namespace DeltaGlider.Base;

/// <summary>
/// What the use cases tell, as PowerShell's streams: details to debug, decisions to verbose, the rest to warning. Errors
/// travel as error records, not here.
/// </summary>
/// <param name="command">Whose streams they are.</param>
/// <param name="post">Brings a call onto the pipeline thread.</param>
/// <param name="least">Below this nothing is told, whatever the preference variables say.</param>
internal sealed class PipelineLog(Cmdlet command, Action<Action> post, LogLevel least) : ILoggerFactory, ILogger
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider)
    {
    }

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        var text = formatter(state, exception);
        post(() => Write(logLevel, text));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void Write(LogLevel level, string text)
    {
        if (level <= LogLevel.Debug) command.WriteDebug(text);
        else if (level == LogLevel.Information) command.WriteVerbose(text);
        else command.WriteWarning(text);
    }
}
