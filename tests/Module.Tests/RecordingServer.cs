using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace DeltaGlider.Tests;

/// <summary>
/// An HTTP server that answers what a test tells it to and remembers what it was asked. Compiled by Add-Type: it has to
/// stand by itself.
/// </summary>
public sealed class RecordingServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly List<(Regex Request, int Status, string Type, string Body)> _answers = new();
    private readonly int _delay;
    private int _now;
    private int _most;

    /// <summary>Starts it.</summary>
    /// <param name="delayMilliseconds">How long it takes to answer.</param>
    public RecordingServer(int delayMilliseconds)
    {
        _delay = delayMilliseconds;
        Url = $"http://127.0.0.1:{FreePort()}";
        _listener.Prefixes.Add(Url + "/");
        _listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    /// <summary>Where it is.</summary>
    public string Url { get; }

    /// <summary>Every request: <c>METHOD /path?query access-key body</c>.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The most requests that it had at the same time.</summary>
    public int MostAtOnce => _most;

    /// <summary>Has what matches "METHOD /path?query body" answered so; the first match counts, and 404 goes for the rest.</summary>
    public void Answer(string request, int status, string type, string body)
    {
        lock (_answers) _answers.Add((new Regex(request, RegexOptions.Singleline), status, type, body));
    }

    /// <summary>Stops it.</summary>
    public void Dispose() => _listener.Close();

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task AcceptAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                _ = Task.Run(() => ServeAsync(context));
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(HttpListenerContext context)
    {
        var now = Interlocked.Increment(ref _now);
        for (var most = _most; now > most; most = _most) Interlocked.CompareExchange(ref _most, now, most);
        try
        {
            var request = context.Request;
            using var reader = new StreamReader(request.InputStream, Encoding.UTF8);
            var body = await reader.ReadToEndAsync();
            var key = Regex.Match(request.Headers["Authorization"] ?? "", "Credential=([^/]+)/").Groups[1].Value;
            Requests.Enqueue($"{request.HttpMethod} {request.RawUrl} {key} {body}");
            await Task.Delay(_delay);
            (Regex Request, int Status, string Type, string Body) answer;
            lock (_answers) answer = _answers.FirstOrDefault(known => known.Request.IsMatch($"{request.HttpMethod} {request.RawUrl} {body}"));
            var bytes = Encoding.UTF8.GetBytes(answer.Body ?? "");
            context.Response.StatusCode = answer.Request is null ? 404 : answer.Status;
            context.Response.ContentType = answer.Type ?? "application/xml";
            context.Response.Headers["x-amz-request-id"] = "REQUEST-1";
            if (request.HttpMethod != "HEAD") context.Response.ContentLength64 = bytes.Length;
            if (request.HttpMethod != "HEAD") await context.Response.OutputStream.WriteAsync(bytes);
        }
        catch (Exception e) when (e is IOException or HttpListenerException or ObjectDisposedException)
        {
            // Whoever asked has gone.
        }
        finally
        {
            // Before the answer is complete: whoever waits for it may ask again at once.
            Interlocked.Decrement(ref _now);
            try
            {
                context.Response.Close();
            }
            catch (Exception e) when (e is IOException or HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // Gone as well.
            }
        }
    }
}
