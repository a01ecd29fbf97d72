using System.Text;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Rules;
using DeltaGlider.Deep.Container;
using DeltaGlider.Deep.Deflate;
using DeltaGlider.Deep.Gzip;
using DeltaGlider.TestKit;

namespace DeltaGlider.Core.Tests.UseCases;

/// <summary>Deep deltas through the use cases, with the real codec.</summary>
public sealed class DeltaFormatTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_deep_delta_is_small_says_what_it_is_and_comes_back()
    {
        await _world.PutAsync("app-1.tgz", Release(1), with: Deep);
        var result = await _world.PutAsync("app-2.tgz", Release(2), with: Deep);

        Assert.Equal(StorageKind.Delta, result.Storage);
        Assert.InRange(result.StoredSize, 1, result.Size / 20);
        var stored = _world.Store.Peek(World.Uri("app-2.tgz.delta"))!;
        Assert.Equal("deep-1", stored.Metadata["dg-codec"]);
        Assert.Equal("delta", stored.Metadata["dg-note"]);
        // xdelta3 could not make it.
        Assert.DoesNotContain("dg-delta-cmd", stored.Metadata.Keys);
        Assert.True(ContainerFormat.IsDeep(_world.Store.Bytes(World.Uri("app-2.tgz.delta"))));
        Assert.Equal(Release(2), await _world.GetAsync("app-2.tgz"));
        Assert.Equal(Release(2), await _world.GetAsync("app-2.tgz", _world.Client()));
        Assert.True((await _world.Sut.Verify.RunAsync(World.Uri("app-2.tgz"), null, World.Cancellation)).IsValid);
        Assert.Equal(["app-1.tgz", "app-2.tgz"], (await _world.ListAsync()).Select(entry => entry.Uri.Key));
    }

    [Fact]
    public async Task The_reference_itself_is_in_everybodys_format()
    {
        await _world.PutAsync("app-1.tgz", Release(1), with: Deep);
        Assert.DoesNotContain("dg-codec", _world.Store.Peek(World.Uri("app-1.tgz.delta"))!.Metadata.Keys);
    }

    [Fact]
    public async Task Where_nothing_is_said_deltas_are_everybodys()
    {
        await _world.PutAsync("app-1.tgz", Release(1));
        await _world.PutAsync("app-2.tgz", Release(1));
        await _world.PutAsync("app-3.tgz", Release(2), with: request => request with { MaxRatio = 1 });
        Assert.All(_world.Keys, key => Assert.DoesNotContain("dg-codec", _world.Store.Peek(World.Uri(key))!.Metadata.Keys));
    }

    [Fact]
    public async Task The_policy_counts_where_the_call_says_nothing()
    {
        var client = _world.Client(policy: DeltaPolicy.Default with { Format = DeltaFormat.Deep });
        await _world.PutAsync("app-1.tgz", Release(1), client);
        await _world.PutAsync("app-2.tgz", Release(2), client);
        await _world.PutAsync("app-3.tgz", Release(3), client, request => request with { Format = DeltaFormat.Vcdiff, MaxRatio = 1 });
        Assert.Equal("deep-1", _world.Store.Peek(World.Uri("app-2.tgz.delta"))!.Metadata["dg-codec"]);
        Assert.DoesNotContain(_world.Keys, key => key.StartsWith("app-3", StringComparison.Ordinal) && _world.Store.Peek(World.Uri(key))!.Metadata.ContainsKey("dg-codec"));
    }

    [Fact]
    public async Task Auto_takes_deep_only_where_it_halves_the_plain_delta()
    {
        await _world.PutAsync("a/1.tgz", Release(1), with: Auto);
        await _world.PutAsync("a/2.tgz", Release(2), with: Auto);
        Assert.Equal("deep-1", _world.Store.Peek(World.Uri("a/2.tgz.delta"))!.Metadata["dg-codec"]);

        // Nothing is compressed here, so there is nothing to look into.
        var versions = VersionedBytes.Versions(1, 100_000, 2);
        await _world.PutAsync("b/1.tar", versions[0], with: Auto);
        await _world.PutAsync("b/2.tar", versions[1], with: Auto);
        Assert.DoesNotContain("dg-codec", _world.Store.Peek(World.Uri("b/2.tar.delta"))!.Metadata.Keys);
        Assert.Equal(versions[1], await _world.GetAsync("b/2.tar"));
    }

    [Fact]
    public async Task A_deep_delta_that_lost_its_metadata_is_refused_and_not_handed_out()
    {
        await _world.PutAsync("app-1.tgz", Release(1), with: Deep);
        await _world.PutAsync("app-2.tgz", Release(2), with: Deep);
        var bytes = _world.Store.Bytes(World.Uri("app-2.tgz.delta"));
        await _world.Store.PutAsync(new PutRequest(World.Uri("copy.bin"), new BytesContent(bytes), []), null, World.Cancellation);
        var error = await Assert.ThrowsAsync<DeltaGliderException>(() => _world.GetAsync("copy.bin"));
        Assert.Equal(ErrorKind.OrphanedDelta, error.Kind);
    }

    [Fact]
    public async Task A_damaged_deep_delta_is_an_error_that_says_so()
    {
        await _world.PutAsync("app-1.tgz", Release(1), with: Deep);
        await _world.PutAsync("app-2.tgz", Release(2), with: Deep);
        var uri = World.Uri("app-2.tgz.delta");
        var metadata = _world.Store.Peek(uri)!.Metadata;
        var bytes = _world.Store.Bytes(uri).ToArray();
        await _world.Store.PutAsync(new PutRequest(uri, new BytesContent(bytes.AsSpan(0, bytes.Length - 20).ToArray()), metadata), null, World.Cancellation);
        var error = await Assert.ThrowsAsync<DeltaGliderException>(() => _world.GetAsync("app-2.tgz"));
        Assert.Equal(ErrorKind.DeltaUndecodable, error.Kind);
        Assert.False((await _world.Sut.Verify.RunAsync(World.Uri("app-2.tgz"), null, World.Cancellation)).IsValid);
    }

    [Fact]
    public async Task A_format_of_the_future_is_named()
    {
        await _world.PutAsync("app-1.tgz", Release(1), with: Deep);
        await _world.PutAsync("app-2.tgz", Release(2), with: Deep);
        var uri = World.Uri("app-2.tgz.delta");
        var metadata = _world.Store.Peek(uri)!.Metadata.SetItem("dg-codec", "deep-9");
        await _world.Store.PutAsync(new PutRequest(uri, new BytesContent(_world.Store.Bytes(uri)), metadata), null, World.Cancellation);
        var error = await Assert.ThrowsAsync<DeltaGliderException>(() => _world.GetAsync("app-2.tgz"));
        Assert.Contains("'deep-9'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_domain_knows_the_start_of_a_deep_delta_of_any_version()
    {
        byte[] later = [.. ContainerFormat.Magic];
        later[^1]++;
        Assert.True(DeltaMagic.Starts(ContainerFormat.Magic));
        Assert.True(DeltaMagic.Starts(later));
        Assert.True(ContainerFormat.MagicLength > DeltaMagic.Length);
    }

    private static PutObjectRequest Deep(PutObjectRequest request) => request with { Format = DeltaFormat.Deep };

    private static PutObjectRequest Auto(PutObjectRequest request) => request with { Format = DeltaFormat.Auto };

    /// <summary>A text that changes a little at its start, packed: to a plain delta it is new from there on.</summary>
    private static byte[] Release(int version)
    {
        var text = new StringBuilder($"release {version}\n");
        var random = new Random(5);
        for (var line = 0; line < 6000; line++) text.Append(line % 500 == version ? version : random.Next(1 << 20)).Append(" = value;\n");
        using var packed = new MemoryStream();
        packed.Write(GzipHeader.OfPipe(6).Bytes.Span);
        using var body = new GzipBodyWriter(DeflateParameters.Zlib(6), packed);
        body.Write(Encoding.ASCII.GetBytes(text.ToString()));
        body.Finish();
        return packed.ToArray();
    }
}
