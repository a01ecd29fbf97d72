using System.Net.Sockets;
using DeltaGlider.TestKit;

namespace DeltaGlider.Adapters.Tests.S3;

/// <summary>A request, its body read and thrown away.</summary>
internal sealed record FakeRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The how-manieth with this method it is.</summary>
    public int Number { get; init; }

    public string? this[string header] => Headers.GetValueOrDefault(header);

    public static async Task<FakeRequest?> ReadAsync(NetworkStream stream)
    {
        if (await LoopbackListener.ReadHeadAsync(stream) is not { } head) return null;
        var lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var first = lines[0].Split(' ');
        var headers = lines[1..].Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair.ElementAtOrDefault(1) ?? "", StringComparer.OrdinalIgnoreCase);
        if (headers.TryGetValue("Expect", out var expect) && expect == "100-continue") await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray());
        var left = headers.TryGetValue("Content-Length", out var length) ? long.Parse(length, System.Globalization.CultureInfo.InvariantCulture) : 0;
        var buffer = new byte[64 * 1024];
        while (left > 0 && await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left))) is > 0 and var read) left -= read;
        return new FakeRequest(first[0], first[1], headers);
    }
}
