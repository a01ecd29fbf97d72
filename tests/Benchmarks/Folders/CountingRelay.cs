using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DeltaGlider.Benchmarks.Folders;

/// <summary>
/// Passes connections on to a server, byte by byte, and counts the requests: nobody sends the next one before the last
/// was answered, so each begins with a read of its own.
/// </summary>
internal sealed class CountingRelay : IDisposable
{
    private static readonly string[] Methods = ["GET", "HEAD", "PUT", "POST", "DELETE"];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly Uri _server;

    public CountingRelay(Uri server)
    {
        _server = server;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where to connect to.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>The requests so far, by method; of GET, listings apart.</summary>
    public IReadOnlyDictionary<string, int> Counts => new SortedDictionary<string, int>(_counts, StringComparer.Ordinal);

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = RelayAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Over.
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient { NoDelay = true };
        near.NoDelay = true;
        try
        {
            await far.ConnectAsync(_server.Host, _server.Port);
            await Task.WhenAny(PassAsync(near.GetStream(), far.GetStream(), Count), PassAsync(far.GetStream(), near.GetStream(), _ => { }));
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            // The other end sees it.
        }
    }

    private static async Task PassAsync(NetworkStream from, NetworkStream to, Action<string> seen)
    {
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await from.ReadAsync(buffer)) > 0)
        {
            seen(Encoding.ASCII.GetString(buffer, 0, Math.Min(read, 4096)));
            await to.WriteAsync(buffer.AsMemory(0, read));
        }
    }

    private void Count(string start)
    {
        var method = Array.Find(Methods, method => start.StartsWith(method + " /", StringComparison.Ordinal));
        if (method is null) return;
        var line = start[..Math.Max(0, start.IndexOf('\r', StringComparison.Ordinal))];
        _counts.AddOrUpdate(line.Contains("list-type=2", StringComparison.Ordinal) ? "LIST" : method, 1, (_, count) => count + 1);
    }
}
