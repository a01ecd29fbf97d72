using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using DeltaGlider.Adapters.S3;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Adapters.Tests.S3;

/// <summary>A large object comes down in ranges of one version, bounded and in order, whatever the server does.</summary>
public sealed class RangedDownloadTests
{
    private const int RangeSize = 10_000;
    private static readonly S3Uri Uri = new("bucket", "a.zip");
    private static readonly byte[] Bytes = RandomNumberGenerator.GetBytes(95_500);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    public async Task The_bytes_are_those_of_the_object_and_every_range_is_of_its_version(int limit)
    {
        var gate = new TransferGate(limit);
        using var server = new FakeServer(Answer);
        using var connection = await ConnectAsync(server, gate);
        using var lane = await gate.EnterAsync(Cancel);
        await using (var opened = await connection.Store.OpenAsync(Uri, Cancel))
        {
            Assert.Equal(Bytes.Length, opened.Description.Size);
            Assert.Equal(Bytes, await ReadAsync(opened));
        }

        Assert.Equal(10, server.Requests.Count);
        Assert.Null(server.Requests[0]["Range"]);
        Assert.All(server.Requests.Skip(1), request => Assert.Equal("\"etag-1\"", request["If-Match"]));
        Assert.Equal(
            Enumerable.Range(1, 9).Select(i => $"bytes={i * RangeSize}-{Math.Min(Bytes.Length, (i + 1) * RangeSize) - 1}").Order(StringComparer.Ordinal),
            server.Requests.Skip(1).Select(request => request["Range"]).Order(StringComparer.Ordinal));
        Assert.Equal(1, gate.InUse);
    }

    [Fact]
    public async Task No_more_is_fetched_ahead_than_fits_in_a_few_ranges()
    {
        var gate = new TransferGate(16);
        using var server = new FakeServer(Answer);
        using var connection = await ConnectAsync(server, gate);
        await using var opened = await connection.Store.OpenAsync(Uri, Cancel);
        await opened.Content.ReadExactlyAsync(new byte[10], Cancel);
        await Task.Delay(300, Cancel);
        Assert.InRange(server.Requests.Count, 2, 4);
    }

    [Fact]
    public async Task With_one_lane_one_range_is_under_way_at_a_time()
    {
        var (now, most) = (0, 0);
        using var server = new FakeServer(Answer) { Around = async serve =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            await Task.Delay(5);
            await serve();
            Interlocked.Decrement(ref now);
        } };
        var gate = new TransferGate(1);
        using var connection = await ConnectAsync(server, gate);
        using var lane = await gate.EnterAsync(Cancel);
        await using var opened = await connection.Store.OpenAsync(Uri, Cancel);
        Assert.Equal(Bytes, await ReadAsync(opened));
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task A_range_that_breaks_off_is_picked_up()
    {
        var broken = new ConcurrentDictionary<string, bool>();
        using var server = new FakeServer(request => request["Range"] is { } range && range.Contains("0000-", StringComparison.Ordinal) && broken.TryAdd(range, true)
            ? Answer(request) with { Body = Answer(request).Body[..100] }
            : Answer(request));
        using var connection = await ConnectAsync(server, new TransferGate());
        await using var opened = await connection.Store.OpenAsync(Uri, Cancel);
        Assert.Equal(Bytes, await ReadAsync(opened));
    }

    [Fact]
    public async Task An_object_replaced_meanwhile_is_a_broken_transfer_and_never_a_mix()
    {
        using var server = new FakeServer(request => request["Range"] is { } range && range.StartsWith("bytes=50000", StringComparison.Ordinal)
            ? FakeAnswer.Error(412, "PreconditionFailed")
            : Answer(request));
        using var connection = await ConnectAsync(server, new TransferGate());
        await using var opened = await connection.Store.OpenAsync(Uri, Cancel);
        Assert.Equal(ErrorKind.TransferBroken, (await Assert.ThrowsAsync<DeltaGliderException>(async () => await ReadAsync(opened))).Kind);
    }

    [Fact]
    public async Task A_store_that_does_not_say_it_knows_ranges_is_read_in_one_go()
    {
        using var server = new FakeServer(_ => new FakeAnswer(200) { Body = Bytes, Headers = { ["ETag"] = "\"etag-1\"" } });
        using var connection = await ConnectAsync(server, new TransferGate());
        await using var opened = await connection.Store.OpenAsync(Uri, Cancel);
        Assert.Equal(Bytes, await ReadAsync(opened));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Left_early_it_lets_go_of_every_lane()
    {
        var gate = new TransferGate(8);
        using var server = new FakeServer(Answer);
        using var connection = await ConnectAsync(server, gate);
        await using (var opened = await connection.Store.OpenAsync(Uri, Cancel)) await opened.Content.ReadExactlyAsync(new byte[10], Cancel);
        await using (await connection.Store.OpenAsync(Uri, Cancel))
        {
            // Never read at all.
        }

        Assert.Equal(0, gate.InUse);
    }

    private static FakeAnswer Answer(FakeRequest request)
    {
        if (request["Range"] is not { } range) return new(200) { Body = Bytes, Headers = { ["ETag"] = "\"etag-1\"", ["Accept-Ranges"] = "bytes" } };
        var ends = range["bytes=".Length..].Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray();
        return new(206) { Body = Bytes[ends[0]..(ends[1] + 1)], ContentLength = ends[1] + 1 - ends[0], Headers = { ["ETag"] = "\"etag-1\"" } };
    }

    private static async Task<byte[]> ReadAsync(OpenedObject opened)
    {
        using var all = new MemoryStream();
        await opened.Content.CopyToAsync(all, Cancel);
        return all.ToArray();
    }

    private static ValueTask<StoreConnection> ConnectAsync(FakeServer server, TransferGate gate) => new StoreConnector(_ => null).ConnectAsync(
        new S3ConnectionOptions { EndpointUrl = server.Url, AccessKey = "ak", SecretKey = "sk", RangedThreshold = 20_000, RangeSize = RangeSize, Gate = gate }, Cancel);
}
