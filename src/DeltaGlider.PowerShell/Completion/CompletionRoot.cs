using DeltaGlider.Adapters.S3;
using DeltaGlider.Adapters.Settings;
using DeltaGlider.Core.Ports;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeltaGlider.Completion;

/// <summary>The store that is asked while a line is being completed. It tells nothing of what it does.</summary>
internal static class CompletionRoot
{
    /// <summary>Opens it.</summary>
    public static Task<CompositionRoot> OpenAsync(S3ConnectionOptions connection, CancellationToken cancellationToken) => CompositionRoot.BuildAsync(
        connection,
        DeltaGliderSettings.Read(Environment.GetEnvironmentVariable),
        new TransferGate(TransferGate.DefaultLimit),
        NullLoggerFactory.Instance,
        cancellationToken);
}
