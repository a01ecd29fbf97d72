using System.Collections.Immutable;
using System.Security.Cryptography;
using DeltaGlider.Adapters.S3;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.TestKit;

namespace DeltaGlider.Adapters.Tests.S3;

/// <summary>What a real server does once in a million requests, done on purpose.</summary>
public sealed class BrokenTransferTests
{
    private static readonly S3Uri Uri = new("bucket", "a.zip");
    private static readonly byte[] Bytes = RandomNumberGenerator.GetBytes(100_000);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_that_breaks_off_is_picked_up_where_it_stopped()
    {
        using var server = new FakeServer(request => request.Number switch
        {
            1 => Whole(Bytes[..40_000]),
            2 => FakeAnswer.HangUp,
            _ => Rest(request, 30_000),
        });
        using var connection = await ConnectAsync(server);
        await using var opened = await connection.Store.OpenAsync(Uri, Cancel);
        Assert.Equal(Bytes, await ReadAsync(opened));
        Assert.Equal("bytes=40000-99999", server.Requests[1]["Range"]);
        Assert.Equal("\"etag-1\"", server.Requests[1]["If-Match"]);
        Assert.Equal("bytes=70000-99999", server.Requests[^1]["Range"]);
    }

    [Fact]
    public async Task A_body_that_breaks_off_again_and_again_is_a_broken_transfer()
    {
        using var server = new FakeServer(request => request.Number == 1 ? Whole(Bytes[..10]) : Rest(request, 10));
        using var connection = await ConnectAsync(server);
        await using var opened = await connection.Store.OpenAsync(Uri, Cancel);
        var error = await Assert.ThrowsAsync<DeltaGliderException>(async () => await ReadAsync(opened));
        Assert.Equal(ErrorKind.TransferBroken, error.Kind);
        Assert.Contains(Uri.ToString(), error.Message, StringComparison.Ordinal);
        Assert.Equal(6, server.Requests.Count);
    }

    [Fact]
    public async Task An_object_replaced_in_mid_read_is_a_broken_transfer_and_never_a_mix()
    {
        using var server = new FakeServer(request => request.Number == 1 ? Whole(Bytes[..10]) : FakeAnswer.Error(412, "PreconditionFailed"));
        using var connection = await ConnectAsync(server);
        await using var opened = await connection.Store.OpenAsync(Uri, Cancel);
        Assert.Equal(ErrorKind.TransferBroken, (await Assert.ThrowsAsync<DeltaGliderException>(async () => await ReadAsync(opened))).Kind);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_store_that_ignores_the_range_does_not_get_its_bytes_appended()
    {
        using var server = new FakeServer(_ => Whole(Bytes[..10]));
        using var connection = await ConnectAsync(server);
        await using var opened = await connection.Store.OpenAsync(Uri, Cancel);
        Assert.Equal(ErrorKind.TransferBroken, (await Assert.ThrowsAsync<DeltaGliderException>(async () => await ReadAsync(opened))).Kind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_creation_whose_answer_was_lost_meets_itself_and_not_somebody_else(bool ours)
    {
        var md5 = Convert.ToHexStringLower(Md5(Bytes));
        using var server = new FakeServer(request => request.Method switch
        {
            "PUT" => request.Number == 1 ? FakeAnswer.HangUp : FakeAnswer.Error(412, "PreconditionFailed"),
            _ => new FakeAnswer(200) { ContentLength = Bytes.Length, Headers = { ["ETag"] = ours ? $"\"{md5}\"" : "\"other\"", ["x-amz-meta-n"] = "1", ["Last-Modified"] = "Mon, 23 Nov 2026 08:00:00 GMT" } },
        });
        using var connection = await ConnectAsync(server);
        var put = connection.Store.PutAsync(Creation(), null, Cancel);
        if (ours) Assert.Equal(md5, (await put).ETag);
        else Assert.Equal(ErrorKind.AlreadyExists, (await Assert.ThrowsAsync<DeltaGliderException>(async () => await put)).Kind);
        Assert.All(server.Requests.Where(r => r.Method == "PUT"), r => Assert.Equal("*", r["If-None-Match"]));
    }

    [Fact]
    public async Task A_creation_refused_at_once_is_somebody_elses_even_with_the_same_bytes()
    {
        using var server = new FakeServer(request => request.Method == "PUT"
            ? FakeAnswer.Error(412, "PreconditionFailed")
            : new FakeAnswer(200) { ContentLength = Bytes.Length, Headers = { ["ETag"] = $"\"{Convert.ToHexStringLower(Md5(Bytes))}\"", ["x-amz-meta-n"] = "1" } });
        using var connection = await ConnectAsync(server);
        Assert.Equal(ErrorKind.AlreadyExists, (await Assert.ThrowsAsync<DeltaGliderException>(async () => await connection.Store.PutAsync(Creation(), null, Cancel))).Kind);
    }

    [Fact]
    public async Task A_conflict_that_left_nothing_is_tried_again()
    {
        using var server = new FakeServer(request => request.Method switch
        {
            "PUT" => request.Number == 1 ? FakeAnswer.Error(409, "ConditionalRequestConflict") : new FakeAnswer(200) { Headers = { ["ETag"] = "\"new\"" } },
            _ when request.Path == "/bucket" || request.Path == "/bucket/" => new FakeAnswer(200),
            _ => new FakeAnswer(404),
        });
        using var connection = await ConnectAsync(server);
        Assert.Equal("new", (await connection.Store.PutAsync(Creation(), null, Cancel)).ETag);
    }

    [Fact]
    public async Task Where_conditional_deletes_are_unknown_the_version_is_compared_first()
    {
        using var server = new FakeServer(request => request.Method switch
        {
            "DELETE" => request["If-Match"] is null ? new FakeAnswer(204) : FakeAnswer.Error(501, "NotImplemented"),
            _ => new FakeAnswer(200) { ContentLength = 5, Headers = { ["ETag"] = "\"here\"" } },
        });
        using var connection = await ConnectAsync(server);
        Assert.False(await connection.Store.DeleteAsync(Uri, "other", Cancel));
        Assert.DoesNotContain(server.Requests, request => request.Method == "DELETE");
        Assert.True(await connection.Store.DeleteAsync(Uri, "here", Cancel));
    }

    [Fact]
    public async Task A_store_that_wants_the_etag_quoted_gets_it_so()
    {
        using var server = new FakeServer(request => request.Method switch
        {
            "DELETE" => request["If-Match"] == "\"here\"" ? new FakeAnswer(204) : FakeAnswer.Error(412, "PreconditionFailed"),
            _ => new FakeAnswer(200) { ContentLength = 5, Headers = { ["ETag"] = "\"here\"" } },
        });
        using var connection = await ConnectAsync(server);
        Assert.True(await connection.Store.DeleteAsync(Uri, "here", Cancel));
    }

    private static PutRequest Creation() =>
        new(Uri, new BytesContent(Bytes), ImmutableDictionary<string, string>.Empty.Add("n", "1")) { Condition = PutCondition.IfAbsent };

#pragma warning disable CA5351 // S3's ETag.
    private static byte[] Md5(byte[] bytes) => MD5.HashData(bytes);
#pragma warning restore CA5351

    private static FakeAnswer Whole(byte[] sent) => new(200) { Body = sent, ContentLength = Bytes.Length, Headers = { ["ETag"] = "\"etag-1\"" } };

    private static FakeAnswer Rest(FakeRequest request, int sent)
    {
        var from = int.Parse(request["Range"]!["bytes=".Length..].Split('-')[0], System.Globalization.CultureInfo.InvariantCulture);
        return new(206)
        {
            Body = Bytes[from..Math.Min(Bytes.Length, from + sent)],
            ContentLength = Bytes.Length - from,
            Headers = { ["ETag"] = "\"etag-1\"", ["Content-Range"] = $"bytes {from}-{Bytes.Length - 1}/{Bytes.Length}" },
        };
    }

    private static async Task<byte[]> ReadAsync(OpenedObject opened)
    {
        using var all = new MemoryStream();
        await opened.Content.CopyToAsync(all, Cancel);
        return all.ToArray();
    }

    private static ValueTask<StoreConnection> ConnectAsync(FakeServer server) =>
        new StoreConnector(_ => null).ConnectAsync(new S3ConnectionOptions { EndpointUrl = server.Url, AccessKey = "ak", SecretKey = "sk" }, Cancel);
}
