using System.Management.Automation;
using DeltaGlider.Adapters.S3;

namespace DeltaGlider.Completion;

/// <summary>Completes profiles from the AWS configuration files.</summary>
internal sealed class ProfileCompleter : Completer
{
    /// <inheritdoc/>
    protected override IAsyncEnumerable<CompletionResult> FindAsync(Word word, S3ConnectionOptions connection, CancellationToken cancellationToken) =>
        KnownNames.Profiles(connection, Environment.GetEnvironmentVariable).Where(word.Begins).Select(name => Word.Offer(name, name, $"Profile {name}")).ToAsync();
}
