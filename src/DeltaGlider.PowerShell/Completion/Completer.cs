using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using System.Management.Automation.Language;
using DeltaGlider.Adapters.S3;
using DeltaGlider.Credentials;

namespace DeltaGlider.Completion;

/// <summary>
/// Completes an argument from what the rest of the line says about the store. Whoever presses Tab waits, so it gives up
/// soon, and offers what it has found by then; and it never throws: there is nobody who could do anything about it.
/// </summary>
internal abstract class Completer : IArgumentCompleter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031", Justification = "A completer that throws would show its error in the middle of the line.")]
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            var word = new Word(wordToComplete ?? "", parameterName);
            // Null, as against nothing, lets PowerShell complete as it would without us: files.
            if (!IsMine(word)) return null!;
            var line = new CompletionLine(commandName, fakeBoundParameters);
            var connection = new ConnectionParameters(line.Parameter, line.Variable).Read();
            return Collect(token => FindAsync(word, connection, token));
        }
        catch (Exception)
        {
            return [];
        }
    }

    /// <summary>False for a word that PowerShell is to complete by itself.</summary>
    protected virtual bool IsMine(Word word) => true;

    /// <summary>What the word may become. Runs on a worker.</summary>
    protected abstract IAsyncEnumerable<CompletionResult> FindAsync(Word word, S3ConnectionOptions connection, CancellationToken cancellationToken);

    private static List<CompletionResult> Collect(Func<CancellationToken, IAsyncEnumerable<CompletionResult>> find)
    {
        var found = new List<CompletionResult>();
        var end = new CancellationTokenSource();
        var finding = Task.Run(async () =>
        {
            await foreach (var result in find(end.Token).ConfigureAwait(false))
            {
                lock (found) found.Add(result);
            }
        });

        // The cancellation itself may take its time, and is not waited for.
        var waited = Task.WaitAny([finding], Patience);
        if (waited < 0) _ = end.CancelAsync();
        finding.ContinueWith(
            done =>
            {
                _ = done.Exception;
                end.Dispose();
            },
            TaskScheduler.Default);
        lock (found) return [.. found];
    }
}
