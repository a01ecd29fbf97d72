using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Adapters.S3;

/// <summary>
/// Finds out whether transfers cost more than they need: between an EC2 machine and a bucket of another region
/// (https://aws.amazon.com/ec2/pricing/on-demand, data transfer). Meant to run beside the work, which never waits for it.
/// </summary>
public static class TransferCost
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>What to warn of; null where there is nothing, this is no EC2 machine, the look-up was turned off, or nothing
    /// is known after a second.</summary>
    /// <param name="connection">The store.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="cancellationToken">Ends the look-up: then too there is nothing to warn of.</param>
    public static Task<string?> WarningAsync(StoreConnection connection, string bucket, Func<string, string?> environment, CancellationToken cancellationToken) =>
        connection.Store is S3Store { IsAws: true } store
            ? WarningAsync(bucket, environment, token => store.RegionOfAsync(bucket, token), cancellationToken)
            : Task.FromResult<string?>(null);

    /// <summary>The same with another way to learn a bucket's region.</summary>
    internal static async Task<string?> WarningAsync(
        string bucket, Func<string, string?> environment, Func<CancellationToken, Task<string?>> regionOf, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Patience);
        using var instance = new InstanceMetadata(environment);
        try
        {
            if (await instance.TryGetRegionAsync(limited.Token).ConfigureAwait(false) is not { Length: > 0 } here) return null;
            if (await regionOf(limited.Token).ConfigureAwait(false) is not { Length: > 0 } there || there == here) return null;
            return $"This machine is in {here} and the bucket {new S3Uri(bucket, "")} in {there}: AWS charges for what is transferred between regions. (DG_DISABLE_EC2_DETECTION=true turns this look-up off.)";
        }
        catch (Exception e) when (e is OperationCanceledException or DeltaGliderException or ObjectDisposedException)
        {
            // A warning is no reason to fail.
            return null;
        }
    }
}
