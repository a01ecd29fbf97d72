using System.Collections.Immutable;
using System.Security.Cryptography;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.TestKit;

namespace DeltaGlider.Core.Tests.UseCases;

public sealed class PutObjectTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task The_first_file_becomes_the_reference_and_a_delta_and_the_next_are_deltas_against_it()
    {
        var versions = VersionedBytes.Versions(1, 100_000, 3);
        var first = await _world.PutAsync("rel/app-1.zip", versions[0]);
        var second = await _world.PutAsync("rel/app-2.zip", versions[1]);
        var third = await _world.PutAsync("rel/app-3.zip", versions[2]);

        Assert.Equal(["rel/app-1.zip.delta", "rel/app-2.zip.delta", "rel/app-3.zip.delta", "rel/reference.bin"], _world.Keys);
        Assert.Equal(versions[0], _world.Store.Bytes(World.Uri("rel/reference.bin")));
        Assert.Equal(100_000, first.ReferenceSize);
        Assert.Equal(0, second.ReferenceSize);
        Assert.All([first, second, third], result => Assert.Equal(StorageKind.Delta, result.Storage));
        Assert.All([first, second, third], result => Assert.InRange(result.StoredSize, 1, 2_000));
        for (var i = 0; i < 3; i++) Assert.Equal(versions[i], await _world.GetAsync($"rel/app-{i + 1}.zip"));
    }

    [Fact]
    public async Task The_callers_key_is_kept_whatever_the_file_is_called()
    {
        var path = _world.Folder.Write("build output.zip", VersionedBytes.Random(1, 1000));
        await _world.PutFileAsync(path, "rel/app-1.0.zip");
        Assert.Contains("rel/app-1.0.zip.delta", _world.Keys);
        await _world.PutFileAsync(path, "into/");
        Assert.Contains("into/build output.zip.delta", _world.Keys);
    }

    [Fact]
    public async Task A_delta_over_the_ratio_is_stored_whole_and_leaves_the_reference_alone()
    {
        await _world.PutAsync("a.zip", VersionedBytes.Random(1, 50_000));
        var other = VersionedBytes.Random(2, 50_000);
        var result = await _world.PutAsync("b.zip", other);
        Assert.Equal(StorageKind.Direct, result.Storage);
        Assert.Equal(["a.zip.delta", "b.zip", "reference.bin"], _world.Keys);
        Assert.Equal(other, _world.Store.Bytes(World.Uri("b.zip")));
        Assert.Equal(other, await _world.GetAsync("b.zip"));
    }

    [Fact]
    public async Task The_ratio_can_be_given_per_call()
    {
        var versions = VersionedBytes.Versions(3, 50_000, 2);
        await _world.PutAsync("a.zip", versions[0]);
        var strict = await _world.PutAsync("b.zip", versions[1], with: request => request with { MaxRatio = 0.0001 });
        Assert.Equal(StorageKind.Direct, strict.Storage);
        var generous = await _world.PutAsync("c.zip", VersionedBytes.Random(9, 50_000), with: request => request with { MaxRatio = 1 });
        Assert.Equal(StorageKind.Direct, generous.Storage); // a delta of unrelated bytes is larger than the file
    }

    [Theory]
    [InlineData("notes.txt")]
    [InlineData("app.zip.sha512")]
    public async Task A_file_that_is_no_archive_is_stored_whole(string name)
    {
        var bytes = VersionedBytes.Random(4, 500);
        Assert.Equal(StorageKind.Direct, (await _world.PutAsync(name, bytes)).Storage);
        Assert.Equal([name], _world.Keys);
        var stored = _world.Store.Peek(World.Uri(name))!;
        Assert.Equal("passthrough", stored.Metadata["dg-note"]);
        Assert.Equal("none", stored.Metadata["dg-compression"]);
        Assert.Equal("text/plain", stored.ContentType);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), stored.Metadata["dg-file-sha256"]);
    }

    [Fact]
    public async Task NoDelta_stores_whole()
    {
        var result = await _world.PutAsync("a.zip", VersionedBytes.Random(5, 500), with: request => request with { NoDelta = true });
        Assert.Equal(StorageKind.Direct, result.Storage);
        Assert.Equal(["a.zip"], _world.Keys);
    }

    [Theory]
    [InlineData("empty.zip")]
    [InlineData("empty.txt")]
    public async Task An_empty_file_is_stored_and_comes_back_empty(string name)
    {
        var result = await _world.PutAsync(name, []);
        Assert.Equal(0, result.Size);
        Assert.Equal([name], _world.Keys); // an empty reference would serve nobody
        Assert.Empty(await _world.GetAsync(name));
    }

    [Fact]
    public async Task A_tiny_first_archive_comes_back()
    {
        await _world.PutAsync("a.zip", [1, 2, 3]);
        Assert.Equal([1, 2, 3], await _world.GetAsync("a.zip"));
        await _world.PutAsync("b.zip", [1, 2, 3, 4]);
        Assert.Equal([1, 2, 3, 4], await _world.GetAsync("b.zip"));
    }

    [Fact]
    public async Task Metadata_says_what_the_other_tools_need()
    {
        var versions = VersionedBytes.Versions(6, 5_000, 2);
        var path = _world.Folder.Write("x.zip", versions[0]);
        File.SetLastWriteTimeUtc(path, new DateTime(2025, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        await _world.PutFileAsync(path, "p/x.zip", with: request => request with
        {
            Metadata = ImmutableDictionary<string, string>.Empty.Add("Team", "Release"),
        });
        await _world.PutAsync("p/y.zip", versions[1]);

        var reference = _world.Store.Peek(World.Uri("p/reference.bin"))!;
        Assert.Equal("reference", reference.Metadata["dg-note"]);
        Assert.Equal("x.zip", reference.Metadata["dg-source-name"]);
        Assert.Equal("5000", reference.Metadata["dg-file-size"]);
        Assert.Equal("application/octet-stream", reference.ContentType);
        Assert.DoesNotContain("user-team", reference.Metadata.Keys);

        var first = _world.Store.Peek(World.Uri("p/x.zip.delta"))!;
        Assert.Equal("zero-diff (reference identical)", first.Metadata["dg-note"]);
        Assert.Equal("1735787045.000000000", first.Metadata["mtime"]);
        Assert.Equal("Release", first.Metadata["user-team"]);
        Assert.Equal("deltaglider-ps/0.0.0-test", first.Metadata["dg-tool"]);

        var second = _world.Store.Peek(World.Uri("p/y.zip.delta"))!;
        Assert.Equal("delta", second.Metadata["dg-note"]);
        Assert.Equal(reference.Metadata["dg-file-sha256"], second.Metadata["dg-ref-sha256"]);
        Assert.Equal(second.Size.ToString(System.Globalization.CultureInfo.InvariantCulture), second.Metadata["dg-delta-size"]);
        Assert.True(_world.Store.Bytes(second.Uri).AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD6, 0xC3, 0xC4, 0x00]));
    }

    [Fact]
    public async Task Metadata_over_the_limit_is_refused_before_a_byte_is_sent()
    {
        var error = await Assert.ThrowsAsync<DeltaGliderException>(() => _world.PutAsync("a.zip", [1], with: request => request with
        {
            Metadata = ImmutableDictionary<string, string>.Empty.Add("big", new string('x', 2000)),
        }));
        Assert.Equal(ErrorKind.MetadataTooLarge, error.Kind);
        Assert.Empty(_world.Keys);
    }

    [Theory]
    [InlineData("a.delta")]
    [InlineData("p/reference.bin")]
    [InlineData(".deltaglider/x.zip")]
    public async Task A_reserved_key_is_refused(string key)
    {
        var path = _world.Folder.Write("f.zip", [1]);
        var error = await Assert.ThrowsAsync<DeltaGliderException>(() => _world.PutFileAsync(path, key));
        Assert.Equal(ErrorKind.ReservedKey, error.Kind);
        Assert.Empty(_world.Hooked.Calls);
    }

    [Fact]
    public async Task A_missing_file_and_a_folder_are_told_apart()
    {
        var missing = await Assert.ThrowsAsync<DeltaGliderException>(() => _world.PutFileAsync(_world.Folder["none.zip"], "a.zip"));
        Assert.Equal(ErrorKind.FileNotFound, missing.Kind);
        Assert.Contains("none.zip", missing.Message, StringComparison.Ordinal);
        var folder = await Assert.ThrowsAsync<DeltaGliderException>(() => _world.PutFileAsync(_world.Folder.Path, "a.zip"));
        Assert.Equal(ErrorKind.IsAFolder, folder.Kind);
    }

    [Fact]
    public async Task A_missing_bucket_is_said_to_be_missing()
    {
        var request = new PutObjectRequest(_world.Folder.Write("a.zip", [1]), new S3Uri("nobody", "a.zip"));
        var error = await Assert.ThrowsAsync<DeltaGliderException>(async () => await _world.Sut.Put.RunAsync(_world.Sut.Put.Plan(request), null, World.Cancellation));
        Assert.Equal(ErrorKind.BucketNotFound, error.Kind);
    }

    [Theory]
    [InlineData("версия-1.zip")]
    [InlineData("版本 1.zip")]
    [InlineData("🎉.zip")]
    [InlineData("a+b %20 c#d?.zip")]
    public async Task Names_in_any_script(string name)
    {
        var versions = VersionedBytes.Versions(7, 2_000, 2);
        await _world.PutAsync("dir/" + name, versions[0]);
        await _world.PutAsync("dir/2" + name, versions[1]);
        Assert.Equal(versions[0], await _world.GetAsync("dir/" + name));
        Assert.Equal(versions[1], await _world.GetAsync("dir/2" + name));
        Assert.Contains(await _world.ListAsync("dir/"), entry => entry.Uri.Key == "dir/" + name);
    }

    [Fact]
    public async Task The_longest_key_is_stored_whole_because_a_delta_would_need_a_longer_one()
    {
        var key = new string('k', 1024 - 4) + ".zip";
        var path = _world.Folder.Write("short.zip", [1, 2, 3]);
        var result = await _world.PutFileAsync(path, key);
        Assert.Equal(StorageKind.Direct, result.Storage);
        Assert.Equal([1, 2, 3], await _world.GetAsync(key));
        await _world.RemoveAsync(key);
        Assert.Empty(_world.Keys);
    }

    [Fact]
    public async Task Overwriting_a_direct_object_with_a_delta_leaves_one_variant()
    {
        var versions = VersionedBytes.Versions(8, 5_000, 3);
        await _world.PutAsync("a.zip", versions[0], with: request => request with { NoDelta = true });
        await _world.PutAsync("a.zip", versions[1]);
        Assert.Equal(["a.zip.delta", "reference.bin"], _world.Keys);
        Assert.Equal(versions[1], await _world.GetAsync("a.zip"));

        await _world.PutAsync("a.zip", versions[2], with: request => request with { NoDelta = true });
        Assert.Equal(["a.zip"], _world.Keys); // the reference went with its last delta
        Assert.Equal(versions[2], await _world.GetAsync("a.zip"));
    }

    [Fact]
    public async Task An_overwrite_is_seen_whole_at_every_instant()
    {
        var versions = VersionedBytes.Versions(9, 5_000, 2);
        await _world.PutAsync("a.zip", versions[0], with: request => request with { NoDelta = true });
        var reader = _world.Client();
        _world.Hooked.After = async call =>
        {
            if (call.Verb is not (StoreVerb.Put or StoreVerb.Delete)) return;
            var seen = await _world.GetAsync("a.zip", reader);
            Assert.True(seen.SequenceEqual(versions[0]) || seen.SequenceEqual(versions[1]), $"after {call}");
        };
        await _world.PutAsync("a.zip", versions[1]);
        await _world.PutAsync("a.zip", versions[0], with: request => request with { NoDelta = true });
        Assert.Equal(versions[0], await _world.GetAsync("a.zip", reader));
    }

    [Fact]
    public async Task A_variant_written_by_a_clock_ahead_of_ours_is_still_replaced()
    {
        var versions = VersionedBytes.Versions(10, 5_000, 2);
        await _world.PutAsync("a.zip", versions[0]);
        _world.Time.AutoAdvanceAmount = TimeSpan.Zero;
        var behind = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(_world.Time.GetUtcNow().AddDays(-1));
        using var slow = new World();
        var client = new Core.UseCases.DeltaGliderUseCases(
            new Core.UseCases.UseCasePorts(_world.Store, new Adapters.Codec.VcdiffCodec(), new Adapters.Cache.MemoryReferenceCache(1 << 20), new Adapters.Files.LocalFiles(), behind, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance),
            DeltaPolicy.Default,
            "x");
        await _world.PutAsync("a.zip", versions[1], client, request => request with { NoDelta = true });
        Assert.Equal(versions[1], await _world.GetAsync("a.zip"));
        Assert.Equal(["a.zip"], _world.Keys);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_the_store_dated_ahead_of_our_clock_is_still_replaced(bool asDelta)
    {
        var versions = VersionedBytes.Versions(3, 20_000, 3);
        await _world.PutAsync("p/other.zip", versions[2]);
        await _world.PutAsync("p/x.zip", versions[0], with: request => request with { NoDelta = !asDelta });
        var stored = _world.Store.Peek(World.Uri(asDelta ? "p/x.zip.delta" : "p/x.zip"))!;
        var undated = asDelta ? stored.Metadata.Remove("dg-created-at").Remove("created-at") : [];
        _world.Store.Put(stored.Uri, _world.Store.Bytes(stored.Uri), undated, lastModified: _world.Time.GetUtcNow().AddHours(1));
        await _world.PutAsync("p/x.zip", versions[1], _world.Client(), request => request with { NoDelta = asDelta });
        Assert.Equal(versions[1], await _world.GetAsync("p/x.zip", _world.Client()));
        Assert.DoesNotContain(stored.Uri.Key, _world.Keys);
    }

    [Fact]
    public async Task A_file_that_changes_while_it_is_sent_is_not_stored()
    {
        var path = _world.Folder.Write("a.bin", VersionedBytes.Random(11, 3_000));
        _world.Hooked.Before = async call =>
        {
            if (call.Verb == StoreVerb.Put) await File.WriteAllBytesAsync(path, VersionedBytes.Random(12, 3_000), World.Cancellation);
        };
        var error = await Assert.ThrowsAsync<DeltaGliderException>(() => _world.PutFileAsync(path, "a.bin"));
        Assert.Equal(ErrorKind.FileChanged, error.Kind);
        Assert.Empty(_world.Keys);
    }

    [Fact]
    public async Task A_ratio_that_makes_no_sense_is_refused()
    {
        var error = await Assert.ThrowsAsync<DeltaGliderException>(() => _world.PutAsync("a.zip", [1], with: request => request with { MaxRatio = 1.5 }));
        Assert.Equal(ErrorKind.InvalidArgument, error.Kind);
    }
}
