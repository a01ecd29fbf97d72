using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;
using DeltaGlider.Adapters.S3;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.TestKit;

namespace DeltaGlider.Adapters.Tests.S3;

/// <summary>A server that takes a request and says nothing more: whoever cancels has his prompt back within a second.</summary>
public sealed class StalledServerTests
{
    private static readonly S3Uri Uri = new("bucket", "a.zip");
    private static readonly byte[] Bytes = RandomNumberGenerator.GetBytes(12 << 20);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Operations => ["find", "open", "read", "ranges", "list", "buckets", "put", "create", "begin", "part", "complete", "delete", "bucket"];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Cancelled_it_ends_within_a_second(string operation)
    {
        var stalled = new TaskCompletionSource();
        using var server = new FakeServer(request => Stalls(operation, request) ? Stall(stalled) : Answer(operation, request, stalled));
        var options = new S3ConnectionOptions
        {
            EndpointUrl = server.Url,
            AccessKey = "ak",
            SecretKey = "sk",
            MultipartThreshold = operation is "begin" or "part" or "complete" ? 5 << 20 : 1L << 30,
            PartSize = 5 << 20,
            RangedThreshold = operation == "ranges" ? 1000 : long.MaxValue,
            RangeSize = 4 << 20,
        };
        using var connection = await new StoreConnector(_ => null).ConnectAsync(options, Cancel);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var work = Task.Run(() => WorkAsync(connection.Store, operation, cancel.Token), Cancel);
        await stalled.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        await Task.Delay(100, Cancel);

        var clock = Stopwatch.StartNew();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 1.5);
    }

    private static bool Stalls(string operation, FakeRequest request) => operation switch
    {
        "read" => false,
        "ranges" => request["Range"] is not null,
        "part" => request.Path.Contains("partNumber", StringComparison.Ordinal),
        // The store answers nothing from there on, the abort included.
        "complete" => request.Path.Contains("uploadId", StringComparison.Ordinal) && request.Method != "PUT",
        _ => true,
    };

    private static FakeAnswer Answer(string operation, FakeRequest request, TaskCompletionSource stalled) => operation switch
    {
        // It promises more than it sends, and keeps the connection.
        "read" => Stall(stalled) with { Status = 200, Body = Bytes[..1000], ContentLength = Bytes.Length, Headers = new() { ["ETag"] = "\"etag-1\"" } },
        "ranges" => new FakeAnswer(200) { Body = Bytes, Headers = { ["ETag"] = "\"etag-1\"", ["Accept-Ranges"] = "bytes" } },
        _ when request.Method == "POST" => new FakeAnswer(200)
        {
            Headers = { ["Content-Type"] = "application/xml" },
            Body = "<?xml version=\"1.0\"?><InitiateMultipartUploadResult><Bucket>bucket</Bucket><Key>a.zip</Key><UploadId>u1</UploadId></InitiateMultipartUploadResult>"u8.ToArray(),
        },
        _ when request.Method == "DELETE" => new FakeAnswer(204),
        _ => new FakeAnswer(200) { Headers = { ["ETag"] = "\"0123456789abcdef0123456789abcdef\"" } },
    };

    private static FakeAnswer Stall(TaskCompletionSource stalled)
    {
        stalled.TrySetResult();
        return FakeAnswer.Silence;
    }

    private static async Task WorkAsync(IObjectStore store, string operation, CancellationToken cancellationToken)
    {
        switch (operation)
        {
            case "find": await store.FindAsync(Uri, cancellationToken); break;
            case "open" or "read" or "ranges":
                await using (var opened = await store.OpenAsync(Uri, cancellationToken)) await opened.Content.CopyToAsync(Stream.Null, cancellationToken);
                break;
            case "list": await foreach (var _ in store.ListAsync(new ListRequest("bucket", ""), cancellationToken)) { } break;
            case "buckets": await foreach (var _ in store.ListBucketsAsync(cancellationToken)) { } break;
            case "delete": await store.DeleteAsync(Uri, null, cancellationToken); break;
            case "bucket": await store.CreateBucketAsync("bucket", cancellationToken); break;
            default:
                var put = new PutRequest(Uri, new BytesContent(Bytes), ImmutableDictionary<string, string>.Empty);
                await store.PutAsync(operation == "create" ? put with { Condition = PutCondition.IfAbsent } : put, null, cancellationToken);
                break;
        }
    }
}
