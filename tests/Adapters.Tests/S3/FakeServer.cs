using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DeltaGlider.Adapters.Tests.S3;

/// <summary>A server that answers each request as a test says, down to breaking off in the middle of a body.</summary>
internal sealed class FakeServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<FakeRequest, FakeAnswer> _answer;
    private readonly CancellationTokenSource _stop = new();

    public FakeServer(Func<FakeRequest, FakeAnswer> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Runs around the sending of each answer.</summary>
    public Func<Func<Task>, Task>? Around { get; init; }

    public List<FakeRequest> Requests { get; } = [];

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        var stream = client.GetStream();
        var request = await FakeRequest.ReadAsync(stream);
        if (request is null) return;
        FakeAnswer answer;
        lock (Requests)
        {
            answer = _answer(request with { Number = Requests.Count(r => r.Method == request.Method) + 1 });
            Requests.Add(request);
        }

        if (answer.Status == 0)
        {
            if (answer.StaysOpen) await StayAsync();
            return;
        }

        if (Around is { } around) await around(() => SendAsync(stream, answer));
        else await SendAsync(stream, answer);
        if (answer.StaysOpen) await StayAsync();
    }

    private async Task StayAsync()
    {
        try
        {
            await Task.Delay(TimeSpan.FromMinutes(1), _stop.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static async Task SendAsync(NetworkStream stream, FakeAnswer answer)
    {
        var head = new StringBuilder($"HTTP/1.1 {answer.Status} X\r\nConnection: close\r\nContent-Length: {answer.ContentLength ?? answer.Body.Length}\r\n");
        foreach (var (name, value) in answer.Headers) head.Append(name).Append(": ").Append(value).Append("\r\n");
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head + "\r\n"));
            await stream.WriteAsync(answer.Body);
            await stream.FlushAsync();
        }
        catch (IOException)
        {
            // The client has had enough.
        }
    }
}
