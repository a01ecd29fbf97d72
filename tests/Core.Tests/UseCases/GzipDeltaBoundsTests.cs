using System.Diagnostics;
using DeltaGlider.Adapters.Codec;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Ports;
using DeltaGlider.TestKit;

namespace DeltaGlider.Core.Tests.UseCases;

/// <summary>What restoring a gzip'd file may cost, and what it must not do whatever the delta says.</summary>
[CollectionDefinition(nameof(GzipDeltaBoundsTests), DisableParallelization = true)]
[Collection(nameof(GzipDeltaBoundsTests))]
public sealed class GzipDeltaBoundsTests : IDisposable
{
    private const string Packed = "targz/t2-tar.tar.gz";

    private static readonly PythonBucket Fixture = PythonBucket.Load();

    private readonly World _world = new();

    public GzipDeltaBoundsTests() => Fixture.PlantIn(_world.Store, World.Bucket);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_size_that_was_not_recorded_is_not_needed()
    {
        Replant(metadata => metadata.Remove("dg-file-size"));
        Assert.Equal(Fixture.Bytes("originals/t2-tar.tar.gz"), await _world.GetAsync(Packed));
    }

    [Fact]
    public async Task Without_the_right_sha256_there_is_no_file()
    {
        Replant(metadata => metadata["dg-file-sha256"] = new string('a', 64));
        var error = await Assert.ThrowsAsync<DeltaGliderException>(() => _world.GetAsync(Packed));
        Assert.Equal(ErrorKind.OriginalCompressionLost, error.Kind);
        Assert.Contains("gzip-6", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_unpacks_to_more_than_is_allowed_is_refused()
    {
        var reference = Fixture.Bytes("originals/t1-tar.tar.gz");
        using var loaded = await new VcdiffCodec(maxUnpackedBytes: 100_000).LoadAsync(new MemoryStream(reference), reference.Length, World.Cancellation);
        var original = new ExpectedContent(_world.Store.Peek(World.Uri(Packed + ".delta")) is { } stored
            ? Core.Model.Sha256Digest.Parse(stored.Metadata["dg-file-sha256"]) : throw new InvalidOperationException(), null);
        var delta = new BytesContent(_world.Store.Bytes(World.Uri(Packed + ".delta")));
        var error = await Assert.ThrowsAsync<DeltaGliderException>(
            async () => await loaded.DecodeUnpackedAsync(delta, Stream.Null, original, World.Cancellation));
        Assert.Contains("100000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_says_that_such_a_file_is_whole()
    {
        var verified = await _world.Sut.Verify.RunAsync(World.Uri(Packed), null, World.Cancellation);
        Assert.True(verified.IsValid);
    }

    [Fact]
    public async Task A_50_MB_file_takes_its_unpacked_reference_and_little_more()
    {
        var gzip = Tool.Demand("gzip");
        var old = new byte[50_000_000];
        var random = new Random(8);
        for (var at = 0; at + 40 <= old.Length; at += 40) random.NextBytes(old.AsSpan(at, 12));
        var changed = old.ToArray();
        for (var at = 1000; at < changed.Length; at += 500_000) random.NextBytes(changed.AsSpan(at, 100));
        var target = gzip.Run(changed, "-6", "-n");
        XdeltaPair.Plant(_world, gzip.Run(old, "-6", "-n"), target);
        changed = old = [];
        GC.Collect();

        using var process = Process.GetCurrentProcess();
        var before = process.WorkingSet64;
        var peak = before;
        using (new Timer(_ => { process.Refresh(); peak = Math.Max(peak, process.WorkingSet64); }, null, 0, 20))
        {
            await _world.GetToAsync(XdeltaPair.Key, _world.Folder["big"]);
        }

        Assert.Equal(target.Length, new FileInfo(_world.Folder["big"]).Length);
        TestContext.Current.TestOutputHelper!.WriteLine($"{(peak - before) / 1e6:F0} MB");
        Assert.InRange(peak - before, 0, 160_000_000);
    }

    private void Replant(Action<Dictionary<string, string>> change)
    {
        var uri = World.Uri(Packed + ".delta");
        var metadata = _world.Store.Peek(uri)!.Metadata.ToDictionary();
        change(metadata);
        _world.Store.Put(uri, _world.Store.Bytes(uri), metadata);
    }
}
