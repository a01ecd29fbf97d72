using System.Net.Sockets;
using System.Text;
using DeltaGlider.TestKit;

namespace DeltaGlider.Adapters.Tests.S3;

/// <summary>A server that answers each request as a test says, down to breaking off in the middle of a body.</summary>
internal sealed class FakeServer : IDisposable
{
    private readonly LoopbackListener _listener;
    private readonly Func<FakeRequest, FakeAnswer> _answer;

    public FakeServer(Func<FakeRequest, FakeAnswer> answer)
    {
        _answer = answer;
        _listener = new LoopbackListener(ServeAsync);
    }

    public string Url => _listener.Url;

    /// <summary>Runs around the sending of each answer.</summary>
    public Func<Func<Task>, Task>? Around { get; init; }

    public List<FakeRequest> Requests { get; } = [];

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(NetworkStream stream, CancellationToken stop)
    {
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
            if (answer.StaysOpen) await Task.Delay(TimeSpan.FromMinutes(1), stop);
            return;
        }

        if (Around is { } around) await around(() => SendAsync(stream, answer));
        else await SendAsync(stream, answer);
        if (answer.StaysOpen) await Task.Delay(TimeSpan.FromMinutes(1), stop);
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
