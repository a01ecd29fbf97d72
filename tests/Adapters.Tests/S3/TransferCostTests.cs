using System.Net;
using System.Net.Sockets;
using System.Text;
using DeltaGlider.Adapters.S3;

namespace DeltaGlider.Adapters.Tests.S3;

public sealed class TransferCostTests
{
    [Theory]
    [InlineData("eu-central-1", "us-east-1", true)]
    [InlineData("eu-central-1", "eu-central-1", false)]
    [InlineData("eu-central-1", null, false)]
    public async Task Another_region_than_the_machines_is_told_of(string here, string? there, bool warns)
    {
        using var metadata = new Metadata(here);

        var warning = await AskAsync(metadata.Address, there);
        if (!warns)
        {
            Assert.Null(warning);
            return;
        }

        Assert.Contains(here, warning, StringComparison.Ordinal);
        Assert.Contains("s3://the-bucket/", warning, StringComparison.Ordinal);
        Assert.Contains(there!, warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_asked_where_that_was_turned_off()
    {
        using var metadata = new Metadata("eu-central-1");

        Assert.Null(await AskAsync(metadata.Address, "us-east-1", ("DG_DISABLE_EC2_DETECTION", "true")));
        Assert.Equal(0, metadata.Requests);
    }

    [Fact]
    public async Task Where_nobody_answers_there_is_nothing_to_tell()
    {
        // A listener that accepts and says nothing, as a packet filter would.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();

        Assert.Null(await AskAsync($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}", "us-east-1"));
    }

    private static Task<string?> AskAsync(string address, string? there, params (string Name, string Value)[] more)
    {
        var environment = more.Append(("AWS_EC2_METADATA_SERVICE_ENDPOINT", address)).ToDictionary();
        return TransferCost.WarningAsync("the-bucket", environment.GetValueOrDefault, _ => Task.FromResult(there), TestContext.Current.CancellationToken);
    }

    /// <summary>What an EC2 machine finds at its metadata address.</summary>
    private sealed class Metadata : IDisposable
    {
        private readonly HttpListener _listener = new();

        public Metadata(string region)
        {
            using (var free = new TcpListener(IPAddress.Loopback, 0))
            {
                free.Start();
                Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
            }

            _listener.Prefixes.Add(Address + "/");
            _listener.Start();
            _ = AnswerAsync(region);
        }

        public string Address { get; }

        public int Requests { get; private set; }

        public void Dispose() => _listener.Close();

        private async Task AnswerAsync(string region)
        {
            try
            {
                while (true)
                {
                    var context = await _listener.GetContextAsync();
                    Requests++;
                    var (request, response) = (context.Request, context.Response);
                    var answer = request switch
                    {
                        { HttpMethod: "PUT", RawUrl: "/latest/api/token" } when request.Headers["X-aws-ec2-metadata-token-ttl-seconds"] is not null => "the-token",
                        { HttpMethod: "GET", RawUrl: "/latest/meta-data/placement/region" } when request.Headers["X-aws-ec2-metadata-token"] == "the-token" => region,
                        _ => null,
                    };
                    if (answer is null) response.StatusCode = 403;
                    else await response.OutputStream.WriteAsync(Encoding.ASCII.GetBytes(answer));
                    response.Close();
                }
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // Over.
            }
        }
    }
}
