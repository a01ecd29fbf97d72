using System.Net;
using System.Net.Sockets;
using System.Text;
using DeltaGlider.TestKit;

namespace DeltaGlider.Torture.Tests;

/// <summary>
/// Stands in front of an S3 server and turns some requests away, with 503 SlowDown or 500, before they reach it; or lets
/// one through and loses the answer.
/// </summary>
internal sealed class FlakyProxy : IDisposable
{
    private readonly LoopbackListener _listener;
    private readonly Random _random;
    private readonly IPEndPoint _server;
    private readonly double _share;
    private int _faults;

    public FlakyProxy(string endpoint, double share, int seed)
    {
        var uri = new Uri(endpoint);
        _server = new IPEndPoint(IPAddress.Loopback, uri.Port);
        _share = share;
        _random = new Random(seed);
        _listener = new LoopbackListener(ServeAsync);
    }

    public string Url => _listener.Url;

    public int Faults => Volatile.Read(ref _faults);

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(NetworkStream stream, CancellationToken stop)
    {
        if (await LoopbackListener.ReadHeadAsync(stream) is not { } head) return;
        var draw = Draw();
        if (draw < _share * 0.8)
        {
            Interlocked.Increment(ref _faults);
            await RefuseAsync(stream, draw < _share * 0.4 ? "503 SlowDown" : "500 InternalError");
            return;
        }

        using var server = new TcpClient();
        await server.ConnectAsync(_server, stop);
        var upstream = server.GetStream();
        // One request per connection, so that each of them is drawn for.
        await upstream.WriteAsync(Encoding.ASCII.GetBytes(head.Insert(head.Length - 2, "Connection: close\r\n")), stop);
        var sending = stream.CopyToAsync(upstream, stop);
        if (draw < _share)
        {
            Interlocked.Increment(ref _faults);
            await upstream.CopyToAsync(Stream.Null, stop);
            return;
        }

        await upstream.CopyToAsync(stream, stop);
    }

    private double Draw()
    {
        lock (_random) return _random.NextDouble();
    }

    private static async Task RefuseAsync(NetworkStream stream, string status)
    {
        var code = status[4..];
        var body = $"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message></Message></Error>";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Type: application/xml\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
        // What is still on its way is read off: a reset would take the answer along.
        stream.Socket.Shutdown(SocketShutdown.Send);
        await stream.CopyToAsync(Stream.Null);
    }
}
