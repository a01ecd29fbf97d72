using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.TestKit;

namespace DeltaGlider.Core.Tests.UseCases;

public sealed class GetObjectTests : IDisposable
{
    private readonly World _world = new();
    private readonly IReadOnlyList<byte[]> _versions = VersionedBytes.Versions(31, 20_000, 3);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Keeps_the_modification_time_and_reports_what_it_did()
    {
        var path = _world.Folder.Write("a.zip", _versions[0]);
        var modified = new DateTime(2024, 5, 6, 7, 8, 9, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, modified);
        await _world.PutFileAsync(path, "a.zip");
        var result = await _world.GetToAsync("a.zip", _world.Folder["out.zip"]);
        Assert.True(result.IsVerified);
        Assert.Equal(20_000, result.Size);
        Assert.Equal(StorageKind.Delta, result.Storage);
        Assert.Equal(modified, File.GetLastWriteTimeUtc(_world.Folder["out.zip"]));
    }

    [Fact]
    public async Task A_folder_as_destination_means_into()
    {
        await _world.PutAsync("p/a.zip", _versions[0]);
        Directory.CreateDirectory(_world.Folder["dir"]);
        await _world.GetToAsync("p/a.zip", _world.Folder["dir"]);
        Assert.True(File.Exists(_world.Folder["dir", "a.zip"]));
        await _world.GetToAsync("p/a.zip", _world.Folder["new"] + "/");
        Assert.True(File.Exists(_world.Folder["new", "a.zip"]));
    }

    [Fact]
    public async Task A_folder_in_the_files_place_is_an_error()
    {
        await _world.PutAsync("p/a.zip", _versions[0]);
        Directory.CreateDirectory(_world.Folder["dir", "a.zip"]);
        var error = await Assert.ThrowsAsync<DeltaGliderException>(() => _world.GetToAsync("p/a.zip", _world.Folder["dir"]));
        Assert.Equal(ErrorKind.IsAFolder, error.Kind);
    }

    [Fact]
    public async Task A_missing_key_is_named()
    {
        var error = await Assert.ThrowsAsync<DeltaGliderException>(() => _world.GetAsync("p/none.zip"));
        Assert.Equal(ErrorKind.ObjectNotFound, error.Kind);
        Assert.Contains("s3://bucket/p/none.zip", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("p/")]
    public async Task A_prefix_is_no_object(string key)
    {
        var error = await Assert.ThrowsAsync<DeltaGliderException>(() => _world.GetAsync(key));
        Assert.Equal(ErrorKind.InvalidArgument, error.Kind);
    }

    public static TheoryData<ErrorKind, string> Damages => new()
    {
        { ErrorKind.DeltaUndecodable, "flip a byte of the delta" },
        { ErrorKind.DeltaUndecodable, "cut the delta" },
        { ErrorKind.ReferenceMissing, "lose the reference" },
        { ErrorKind.ReferenceMismatch, "flip a byte of the reference" },
        { ErrorKind.ReferenceMismatch, "cut the reference" },
        { ErrorKind.ChecksumMismatch, "swap two deltas" },
        { ErrorKind.ChecksumMismatch, "flip a byte of the direct object" },
        { ErrorKind.MetadataIncomplete, "lose the delta's reference hash" },
        { ErrorKind.OrphanedDelta, "lose the delta's metadata" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task What_is_damaged_is_named_and_the_old_file_stays(ErrorKind expected, string damage)
    {
        await _world.PutAsync("a.zip", _versions[0]);
        await _world.PutAsync("b.zip", _versions[1]);
        await _world.PutAsync("c.zip", _versions[2]);
        await _world.PutAsync("d.txt", _versions[1]);
        var key = Damage(damage);
        var destination = _world.Folder.Write("dest/old.zip", [7, 7, 7]);
        var reader = _world.Client();

        var error = await Assert.ThrowsAsync<DeltaGliderException>(() => _world.GetToAsync(key, destination, reader));
        Assert.Equal(expected, error.Kind);
        Assert.NotEmpty(error.Safe);
        Assert.NotEmpty(error.Advice);
        Assert.Contains("s3://bucket/", error.FullText, StringComparison.Ordinal);
        Assert.Equal([7, 7, 7], await File.ReadAllBytesAsync(destination, World.Cancellation));
        Assert.Single(Directory.GetFiles(_world.Folder["dest"]));

        var verified = await reader.Verify.RunAsync(World.Uri(key), null, World.Cancellation);
        Assert.False(verified.IsValid);
        Assert.Equal(expected, verified.Problem);
        Assert.NotEmpty(verified.Reason);
    }

    [Theory]
    [InlineData("flip a byte of the reference", ErrorKind.ReferenceMismatch)]
    [InlineData("lose the reference", ErrorKind.ReferenceMissing)]
    public async Task Verifying_looks_at_the_bucket_although_the_reference_is_cached(string damage, ErrorKind expected)
    {
        await _world.PutAsync("a.zip", _versions[0]);
        await _world.PutAsync("b.zip", _versions[1]);
        Assert.True((await _world.Sut.Verify.RunAsync(World.Uri("b.zip"), null, World.Cancellation)).IsValid);
        var key = Damage(damage);
        Assert.NotEmpty(await _world.GetAsync(key)); // by the good copy, which is as it should be
        Assert.Equal(expected, (await _world.Sut.Verify.RunAsync(World.Uri(key), null, World.Cancellation)).Problem);
    }

    [Fact]
    public async Task Vcdiff_bytes_under_a_files_own_name_are_not_handed_out()
    {
        _world.Store.Put(World.Uri("x.zip"), [0xD6, 0xC3, 0xC4, 0, 0, 1, 2, 3]);
        var error = await Assert.ThrowsAsync<DeltaGliderException>(() => _world.GetAsync("x.zip"));
        Assert.Equal(ErrorKind.OrphanedDelta, error.Kind);
    }

    [Fact]
    public async Task A_users_own_delta_file_is_a_file_like_any_other()
    {
        _world.Store.Put(World.Uri("x.delta"), [1, 2, 3, 4]);
        Assert.Equal([1, 2, 3, 4], await _world.GetAsync("x.delta"));
        Assert.Equal("x.delta", Assert.Single(await _world.ListAsync()).Uri.Key);
    }

    [Fact]
    public async Task A_deltas_own_key_leads_to_the_file()
    {
        await _world.PutAsync("a.zip", _versions[0]);
        var error = await Assert.ThrowsAsync<DeltaGliderException>(() => _world.GetAsync("a.zip.delta"));
        Assert.Equal(ErrorKind.ReservedKey, error.Kind);
        Assert.Contains("s3://bucket/a.zip.", error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_object_of_another_tool_is_fetched_and_not_called_verified()
    {
        _world.Store.Put(World.Uri("plain.txt"), [1, 2, 3]);
        var result = await _world.GetToAsync("plain.txt", _world.Folder["plain.txt"]);
        Assert.False(result.IsVerified);
        var verified = await _world.Sut.Verify.RunAsync(World.Uri("plain.txt"), null, World.Cancellation);
        Assert.False(verified.IsValid);
        Assert.Null(verified.Problem);
        Assert.NotNull(verified.Actual);
    }

    [Fact]
    public async Task A_prefix_that_was_copied_as_a_whole_restores_from_its_own_reference()
    {
        await _world.PutAsync("old/a.zip", _versions[0]);
        await _world.PutAsync("old/b.zip", _versions[1]);
        foreach (var key in _world.Keys.ToList())
        {
            var stored = _world.Store.Peek(World.Uri(key))!;
            _world.Store.Put(World.Uri("new" + key[3..]), _world.Store.Bytes(stored.Uri), stored.Metadata);
            _world.Store.Remove(stored.Uri);
        }

        Assert.Equal(_versions[1], await _world.GetAsync("new/b.zip", _world.Client()));
    }

    [Fact]
    public async Task The_proxys_deltas_name_their_reference_by_path_and_may_leave_the_size_out()
    {
        await _world.PutAsync("p/a.zip", _versions[0]);
        await _world.PutAsync("p/b.zip", _versions[1]);
        var delta = _world.Store.Peek(World.Uri("p/b.zip.delta"))!;
        _world.Store.Put(delta.Uri, _world.Store.Bytes(delta.Uri), delta.Metadata.Remove("dg-ref-key").SetItem("dg-file-size", "0"));
        Assert.Equal(_versions[1], await _world.GetAsync("p/b.zip", _world.Client()));
    }

    [Fact]
    public async Task The_newer_of_two_variants_is_the_object()
    {
        await _world.PutAsync("a.zip", _versions[0]);
        await _world.PutAsync("b.zip", _versions[1]);

        // Another tool wrote a newer direct object and was cut off before it removed the delta.
        _world.Store.Put(World.Uri("b.zip"), [1, 2, 3], lastModified: _world.Time.GetUtcNow().AddHours(1));
        Assert.Equal([1, 2, 3], await _world.GetAsync("b.zip"));
        Assert.Equal(3, Assert.Single(await _world.ListAsync("b")).Size);
        var removed = await _world.RemoveAsync("b.zip");
        Assert.Equal(["b.zip.delta", "b.zip"], removed.RemovedKeys);
    }

    [Fact]
    public async Task The_reference_is_fetched_once_for_many_files()
    {
        for (var i = 0; i < 3; i++) await _world.PutAsync($"v{i}.zip", _versions[i], _world.Client());
        for (var i = 0; i < 3; i++) Assert.Equal(_versions[i], await _world.GetAsync($"v{i}.zip"));
        Assert.Single(_world.Hooked.Calls, call => call.Verb == StoreVerb.Open && call.Uri.Key == "reference.bin");
    }

    [Fact]
    public async Task An_object_replaced_before_it_is_read_comes_as_it_is_now()
    {
        await _world.PutAsync("a.txt", _versions[0]);
        var get = _world.Sut.Get;
        var plan = await get.PlanAsync(new GetObjectRequest(World.Uri("a.txt"), _world.Folder["a.txt"]), World.Cancellation);
        await _world.PutAsync("a.txt", _versions[1], _world.Client());
        await get.RunAsync(plan, null, World.Cancellation);
        Assert.Equal(_versions[1], await File.ReadAllBytesAsync(_world.Folder["a.txt"], World.Cancellation));
    }

    [Fact]
    public async Task A_cancelled_download_leaves_nothing()
    {
        await _world.PutAsync("a.txt", _versions[0]);
        using var cancel = new CancellationTokenSource();
        var get = _world.Sut.Get;
        var plan = await get.PlanAsync(new GetObjectRequest(World.Uri("a.txt"), _world.Folder["dest", "a.txt"]), World.Cancellation);
        _world.Hooked.After = call => call.Verb == StoreVerb.Open ? new ValueTask(cancel.CancelAsync()) : default;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await get.RunAsync(plan, null, cancel.Token));
        Assert.Empty(Directory.GetFiles(_world.Folder["dest"]));
    }

    private string Damage(string damage)
    {
        switch (damage)
        {
            case "flip a byte of the delta":
                Change("b.zip.delta", bytes => Flip(bytes, bytes.Length - 3));
                return "b.zip";
            case "cut the delta":
                Change("b.zip.delta", bytes => bytes[..^5]);
                return "b.zip";
            case "lose the reference":
                _world.Store.Remove(World.Uri("reference.bin"));
                return "b.zip";
            case "flip a byte of the reference":
                Change("reference.bin", bytes => Flip(bytes, 5_000));
                return "a.zip";
            case "cut the reference":
                Change("reference.bin", bytes => bytes[..^1]);
                return "b.zip";
            case "swap two deltas":
                var other = _world.Store.Bytes(World.Uri("c.zip.delta"));
                Change("b.zip.delta", _ => other);
                return "b.zip";
            case "flip a byte of the direct object":
                Change("d.txt", bytes => Flip(bytes, 0));
                return "d.txt";
            case "lose the delta's reference hash":
                ChangeMetadata("b.zip.delta", metadata => metadata.Remove("dg-ref-sha256"));
                return "b.zip";
            case "lose the delta's metadata":
                ChangeMetadata("b.zip.delta", _ => []);
                return "b.zip";
            default:
                throw new ArgumentException(damage);
        }
    }

    private static byte[] Flip(byte[] bytes, int at)
    {
        bytes[at] ^= 0x10;
        return bytes;
    }

    private void Change(string key, Func<byte[], byte[]> change)
    {
        var stored = _world.Store.Peek(World.Uri(key))!;
        _world.Store.Put(stored.Uri, change(_world.Store.Bytes(stored.Uri)), stored.Metadata);
    }

    private void ChangeMetadata(string key, Func<System.Collections.Immutable.ImmutableDictionary<string, string>, System.Collections.Immutable.ImmutableDictionary<string, string>> change)
    {
        var stored = _world.Store.Peek(World.Uri(key))!;
        _world.Store.Put(stored.Uri, _world.Store.Bytes(stored.Uri), change(stored.Metadata));
    }
}
