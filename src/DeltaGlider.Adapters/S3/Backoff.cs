namespace DeltaGlider.Adapters.S3;

/// <summary>
/// How long to wait before the next attempt: exponential, bounded, with full jitter, so that many who failed together do
/// not come back together (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
/// </summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>The longest wait before attempt number <paramref name="retry"/> after the first.</summary>
    public static TimeSpan Bound(int retry) => TimeSpan.FromMilliseconds(Math.Min(Longest.TotalMilliseconds, First.TotalMilliseconds * Math.Pow(2, retry - 1)));

    /// <summary>Waits before attempt number <paramref name="retry"/> after the first.</summary>
    public static Task WaitAsync(int retry, CancellationToken cancellationToken) =>
        Task.Delay(Bound(retry) * Random.Shared.NextDouble(), cancellationToken);
}
