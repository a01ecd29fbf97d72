using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.TestKit;

namespace DeltaGlider.Adapters.Tests.Contract;

public abstract partial class ObjectStoreContract
{
    private const string Everybody = "http://acs.amazonaws.com/groups/global/AllUsers";

    private IBucketCare Care => (IBucketCare)Store;

    /// <summary>False for a store that knows no grants.</summary>
    protected virtual bool HasGrants => true;

    /// <summary>Begins an upload and leaves it.</summary>
    protected abstract ValueTask BeginUploadAsync(string key);

    [Fact]
    public async Task IfMatch_replaces_that_version_only()
    {
        var old = await PutAsync("v", Bytes(10), Meta(("n", "1")));
        var present = await PutAsync("v", Bytes(10, 2), Meta(("n", "2")));

        var error = await FailsAsync(ErrorKind.Contended, async () => await ReplaceAsync("v", Bytes(10, 3), old.ETag, "3"));
        Assert.Contains(At("v").ToString(), error.Message, StringComparison.Ordinal);
        Assert.Equal(Bytes(10, 2), await GetAsync("v"));
        Assert.Equal("2", (await Store.FindAsync(At("v"), Cancel))!.Metadata["n"]);

        // The same bytes have the same ETag with other metadata: that, too, is a replacement.
        Assert.Equal(present.ETag, (await ReplaceAsync("v", Bytes(10, 2), present.ETag, "4")).ETag);
        Assert.Equal("4", (await Store.FindAsync(At("v"), Cancel))!.Metadata["n"]);

        await Store.DeleteAsync(At("v"), null, Cancel);
        await FailsAsync(ErrorKind.Contended, async () => await ReplaceAsync("v", Bytes(10, 3), present.ETag, "5"));
        Assert.Empty(await ListKeysAsync());
    }

    [Fact]
    public async Task Pending_uploads_are_listed_and_given_up_and_are_no_objects()
    {
        Assert.Empty(await UploadsAsync());
        await BeginUploadAsync("a b/ü+%.zip");
        await BeginUploadAsync("c");

        var pending = await UploadsAsync();

        Assert.Equal(2, pending.Count);
        Assert.All(pending, upload => Assert.Equal(Bucket, upload.Uri.Bucket));
        Assert.All(pending, upload => Assert.Equal(DateTime.UtcNow, upload.BegunAt.UtcDateTime, TimeSpan.FromMinutes(1)));
        if (pending.Any(upload => upload.Uri.Key.Length > 0)) Assert.Equal(["a b/ü+%.zip", "c"], pending.Select(upload => upload.Uri.Key).Order(StringComparer.Ordinal));
        Assert.Empty(await ListKeysAsync());
        Assert.True(await Care.AbortUploadAsync(pending[0], Cancel));
        Assert.Equal([pending[1].Id], (await UploadsAsync()).Select(upload => upload.Id));
        Assert.True(await Care.AbortUploadAsync(pending[0], Cancel)); // gone already
        Assert.True(await Care.AbortUploadAsync(pending[1], Cancel));
        Assert.Empty(await UploadsAsync());
    }

    [Fact]
    public async Task A_bucket_goes_when_it_is_empty_and_not_before()
    {
        await PutAsync("deep/er/x", Bytes(5));
        var error = await FailsAsync(ErrorKind.BucketNotEmpty, async () => await Care.DeleteBucketAsync(Bucket, Cancel));
        Assert.Contains(Bucket, error.Message, StringComparison.Ordinal);
        Assert.Equal(Bytes(5), await GetAsync("deep/er/x"));
        await Store.DeleteAsync(At("deep/er/x"), null, Cancel);

        await Care.DeleteBucketAsync(Bucket, Cancel);

        await FailsAsync(ErrorKind.BucketNotFound, async () => await Care.DeleteBucketAsync(Bucket, Cancel));
        await FailsAsync(ErrorKind.BucketNotFound, async () => await UploadsAsync());
        await FailsAsync(ErrorKind.BucketNotFound, async () => await ListKeysAsync());
        await Store.CreateBucketAsync(Bucket, Cancel);
        await PutAsync("x", Bytes(6));
        Assert.Equal(Bytes(6), await GetAsync("x"));
    }

    [Fact]
    public async Task Grants_are_told_and_replaced()
    {
        if (!HasGrants)
        {
            Assert.Contains("cannot", (await FailsAsync(ErrorKind.NotSupported, async () => await Care.GetAclAsync(Bucket, Cancel))).Message, StringComparison.Ordinal);
            await FailsAsync(ErrorKind.NotSupported, async () => await Care.SetAclAsync(Bucket, new AclChange("private", []), Cancel));
            return;
        }

        var first = await Care.GetAclAsync(Bucket, Cancel);
        Assert.NotEmpty(first.OwnerId);
        Assert.Equal([(AclGranteeKind.User, first.OwnerId, AclRight.FullControl)], Rights(first));

        await Care.SetAclAsync(Bucket, new AclChange("public-read", []), Cancel);
        Assert.Equal([(AclGranteeKind.User, first.OwnerId, AclRight.FullControl), (AclGranteeKind.Group, Everybody, AclRight.Read)], Rights(await Care.GetAclAsync(Bucket, Cancel)));

        await Care.SetAclAsync(Bucket, new AclChange(null, [new AclGrant(AclGranteeKind.User, first.OwnerId, AclRight.FullControl), new AclGrant(AclGranteeKind.Group, Everybody, AclRight.ReadAcp)]), Cancel);
        Assert.Equal([(AclGranteeKind.User, first.OwnerId, AclRight.FullControl), (AclGranteeKind.Group, Everybody, AclRight.ReadAcp)], Rights(await Care.GetAclAsync(Bucket, Cancel)));

        await Care.SetAclAsync(Bucket, new AclChange("private", []), Cancel);
        Assert.Equal(Rights(first), Rights(await Care.GetAclAsync(Bucket, Cancel)));
    }

    private static IEnumerable<(AclGranteeKind, string, AclRight)> Rights(BucketAcl acl) =>
        acl.Grants.Select(grant => (grant.Kind, grant.Grantee, grant.Right)).OrderBy(grant => grant.Kind).ThenBy(grant => grant.Right);

    private async Task<List<PendingUpload>> UploadsAsync()
    {
        var uploads = new List<PendingUpload>();
        await foreach (var upload in Care.ListUploadsAsync(Bucket, Cancel)) uploads.Add(upload);
        return uploads;
    }

    private ValueTask<StoredObject> ReplaceAsync(string key, byte[] bytes, string etag, string number) =>
        Store.PutAsync(new PutRequest(At(key), new BytesContent(bytes), Meta(("n", number))) { IfMatch = etag }, null, Cancel);
}
