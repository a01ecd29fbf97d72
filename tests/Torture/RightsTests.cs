using Amazon.S3;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.TestKit;

namespace DeltaGlider.Torture.Tests;

/// <summary>Users of a Ceph that may not write, or not that much.</summary>
public sealed class RightsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _name = $"t{Guid.NewGuid():n}"[..16];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Who_may_only_read_is_told_so_and_changes_nothing()
    {
        var server = S3Server.Demand();
        var gateway = Gateway.DemandForUsers(server);
        using var owner = await Client.OpenAsync(server.Endpoint, server.AccessKey, server.SecretKey);
        await owner.Store.CreateBucketAsync(_name, Cancel);
        await PutAsync(owner, "a.zip", 1);
        await PutAsync(owner, "b.zip", 2);
        await gateway.AdministerAsync("user", "create", $"--uid={_name}", "--display-name=reader", $"--access-key={_name}", "--secret-key=secret");
        using (var sdk = new AmazonS3Client(server.AccessKey, server.SecretKey, new AmazonS3Config { ServiceURL = server.Endpoint, ForcePathStyle = true, AuthenticationRegion = "us-east-1" }))
        {
            var policy = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam:::user/{{_name}}"]},"Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::{{_name}}","arn:aws:s3:::{{_name}}/*"]}]}""";
            await sdk.PutBucketPolicyAsync(_name, policy, Cancel);
        }

        using var reader = await Client.OpenAsync(server.Endpoint, _name, "secret");
        Assert.Equal(new Payload(3, 1, 50_000).Sha256(), await GetAsync(reader, "a.zip"));
        foreach (var act in new Func<Task>[] { () => PutAsync(reader, "a.zip", 3), () => PutAsync(reader, "c.zip", 3), () => PutAsync(reader, "p/c.zip", 3), () => PutAsync(reader, "c.txt", 3), () => RemoveAsync(reader, "a.zip") })
            Assert.Equal(ErrorKind.AccessDenied, (await Assert.ThrowsAsync<DeltaGliderException>(act)).Kind);
        Assert.Equal(new Payload(3, 1, 50_000).Sha256(), await GetAsync(owner, "a.zip"));
        Assert.Equal(new Payload(3, 2, 50_000).Sha256(), await GetAsync(reader, "b.zip"));
    }

    [Fact]
    public async Task A_quota_that_is_used_up_is_told_and_loses_nothing()
    {
        var server = S3Server.Demand();
        var gateway = Gateway.DemandForUsers(server);
        await gateway.AdministerAsync("user", "create", $"--uid={_name}", "--display-name=small", $"--access-key={_name}", "--secret-key=secret");
        await gateway.AdministerAsync("quota", "set", "--quota-scope=user", $"--uid={_name}", "--max-objects=4");
        await gateway.AdministerAsync("quota", "enable", "--quota-scope=user", $"--uid={_name}");
        using var client = await Client.OpenAsync(server.Endpoint, _name, "secret");
        await client.Store.CreateBucketAsync(_name, Cancel);
        var stored = new List<int>();
        DeltaGliderException? refusal = null;
        for (var i = 0; i < 12 && refusal is null; i++)
        {
            try
            {
                await PutAsync(client, $"f{i}.zip", i);
                stored.Add(i);
            }
            catch (DeltaGliderException e)
            {
                refusal = e;
            }
        }

        Assert.Equal(ErrorKind.StoreFull, refusal?.Kind);
        Assert.NotEmpty(stored);
        using var fresh = await Client.OpenAsync(server.Endpoint, _name, "secret");
        foreach (var i in stored) Assert.Equal(new Payload(3, i, 50_000).Sha256(), await GetAsync(fresh, $"f{i}.zip"));

        // Making room works too, although a spare reference would be one object more.
        foreach (var i in stored) await RemoveAsync(fresh, $"f{i}.zip");
        await PutAsync(client, "again.zip", 1);
    }

    private async Task PutAsync(Client client, string key, int version)
    {
        var path = _folder.Write(Path.Combine(Guid.NewGuid().ToString("n"), Path.GetFileName(key)), new Payload(3, version, 50_000).Bytes());
        await client.UseCases.Put.RunAsync(client.UseCases.Put.Plan(new PutObjectRequest(path, new S3Uri(_name, key))), null, Cancel);
    }

    private async Task<string> GetAsync(Client client, string key)
    {
        var get = client.UseCases.Get;
        var plan = await get.PlanAsync(new GetObjectRequest(new S3Uri(_name, key), _folder[Guid.NewGuid().ToString("n")]), Cancel);
        return (await get.RunAsync(plan, null, Cancel)).Sha256.ToString();
    }

    private async Task RemoveAsync(Client client, string key)
    {
        var remove = client.UseCases.Remove;
        await remove.RunAsync(await remove.PlanAsync(new RemoveObjectRequest(new S3Uri(_name, key)), Cancel), Cancel);
    }
}
