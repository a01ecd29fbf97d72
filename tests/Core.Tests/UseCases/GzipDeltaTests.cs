using System.IO.Compression;
using System.Text;
using DeltaGlider.Core.Errors;
using DeltaGlider.TestKit;

namespace DeltaGlider.Core.Tests.UseCases;

/// <summary>Deltas that xdelta3 made between unpacked files: the original comes back to the bit, or the reason why not.</summary>
public sealed class GzipDeltaTests : IDisposable
{
    private readonly World _world = new();
    private readonly byte[] _old;
    private readonly byte[] _new;

    public GzipDeltaTests()
    {
        var texts = Enumerable.Range(0, 40_000).Select(i => $"line {i * 7919 % 10007}: {i % 13} of {i}\n");
        _old = Encoding.ASCII.GetBytes(string.Concat(texts));
        _new = Encoding.ASCII.GetBytes(string.Concat(texts.Skip(200).Select((line, i) => i % 500 == 0 ? "changed " + line : line)));
    }

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(6, 6)]
    [InlineData(9, 9)]
    [InlineData(1, 1)]
    [InlineData(4, 4)]
    [InlineData(1, 6)]
    [InlineData(6, 9)]
    public async Task Files_packed_by_gzip_come_back(int oldLevel, int newLevel) => await ComesBack(Gzip(_old, oldLevel), Gzip(_new, newLevel));

    [Fact]
    public async Task A_packed_file_against_a_plain_reference_comes_back() => await ComesBack(_old, Gzip(_new));

    [Fact]
    public async Task A_plain_file_against_a_packed_reference_comes_back() => await ComesBack(Gzip(_old), _new);

    [Fact]
    public async Task A_reference_of_several_members_is_unpacked_whole() =>
        await ComesBack([.. Gzip(_old[..100_000]), .. Gzip(_old[100_000..])], Gzip(_new));

    [Fact]
    public async Task Zeros_behind_the_reference_do_no_harm() => await ComesBack([.. Gzip(_old), .. new byte[700]], Gzip(_new));

    [Fact]
    public async Task A_name_and_a_time_come_back_where_the_reference_has_the_same() =>
        await ComesBack(Named(Gzip(_old), 0x65000000), Named(Gzip(_new), 0x65000000));

    [Fact]
    public async Task An_empty_file_comes_back() => await ComesBack(Gzip(_old), Gzip([]));

    [Fact]
    public async Task Another_time_is_lost() => await IsLost(Named(Gzip(_old), 0x65000000), Named(Gzip(_new), 0x65000001), "gzip-6");

    [Fact]
    public async Task A_file_of_several_members_is_lost() => await IsLost(Gzip(_old), [.. Gzip(_new[..100_000]), .. Gzip(_new[100_000..])], "gzip-6");

    [Fact]
    public async Task A_file_of_an_unknown_packer_is_lost()
    {
        // Two stored blocks: nobody packs so.
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.NoCompression, leaveOpen: true)) gzip.Write(_new);
        await IsLost(Gzip(_old), packed.ToArray(), "gzip-6");
    }

    [Theory]
    [InlineData("xz")]
    [InlineData("bzip2")]
    public async Task Other_packers_are_named(string program)
    {
        var packer = Tool.Demand(program);
        await IsLost(packer.Run(_old, "-c"), packer.Run(_new, "-c"), program);
    }

    [Fact]
    public void Xdelta3_itself_refuses_files_with_garbage_behind_them()
    {
        // So no such delta exists, and there is nothing to read.
        var (code, _, _) = XdeltaPair.TryDelta(_world, Gzip(_old), [.. Gzip(_new), .. "garbage"u8]);
        Assert.NotEqual(0, code);
    }

    [Fact]
    public async Task A_damaged_delta_is_refused_as_such()
    {
        var (reference, target) = (Gzip(_old), Gzip(_new));
        var delta = XdeltaPair.Delta(_world, reference, target);
        for (var at = 100; at < delta.Length; at += delta.Length / 7)
        {
            var damaged = delta.ToArray();
            damaged[at] ^= 0x55;
            XdeltaPair.Plant(_world, reference, target, damaged);
            var path = _world.Folder[$"damaged-{at}"];
            var error = await Assert.ThrowsAsync<DeltaGliderException>(() => _world.GetToAsync(XdeltaPair.Key, path));
            Assert.True(error.Kind is ErrorKind.DeltaUndecodable or ErrorKind.OriginalCompressionLost, error.Message);
            Assert.False(File.Exists(path));
        }
    }

    [Fact]
    public async Task A_delta_cut_off_is_refused()
    {
        var (reference, target) = (Gzip(_old), Gzip(_new));
        var delta = XdeltaPair.Delta(_world, reference, target);
        XdeltaPair.Plant(_world, reference, target, delta[..(delta.Length / 2)]);
        var error = await Assert.ThrowsAsync<DeltaGliderException>(() => _world.GetAsync(XdeltaPair.Key));
        Assert.Equal(ErrorKind.DeltaUndecodable, error.Kind);
    }

    [Fact]
    public async Task A_file_of_another_size_than_recorded_is_never_given_out()
    {
        var (reference, target) = (Gzip(_old), Gzip(_new));
        XdeltaPair.Plant(_world, reference, [.. target, 0], XdeltaPair.Delta(_world, reference, target));
        var error = await Assert.ThrowsAsync<DeltaGliderException>(() => _world.GetAsync(XdeltaPair.Key));
        Assert.Equal(ErrorKind.OriginalCompressionLost, error.Kind);
    }

    private static byte[] Gzip(byte[] content, int level = 6) => Tool.Demand("gzip").Run(content, $"-{level}", "-n");

    private static byte[] Named(byte[] packed, uint time)
    {
        byte[] named = [.. packed[..10], .. "file.tar\0"u8, .. packed[10..]];
        named[3] = 8;
        BitConverter.TryWriteBytes(named.AsSpan(4), time);
        return named;
    }

    private async Task ComesBack(byte[] reference, byte[] target)
    {
        XdeltaPair.Plant(_world, reference, target);
        var restored = await _world.GetAsync(XdeltaPair.Key);
        Assert.True(target.AsSpan().SequenceEqual(restored));
    }

    private async Task IsLost(byte[] reference, byte[] target, string named)
    {
        XdeltaPair.Plant(_world, reference, target);
        var path = _world.Folder["lost"];
        var error = await Assert.ThrowsAsync<DeltaGliderException>(() => _world.GetToAsync(XdeltaPair.Key, path));
        Assert.Equal(ErrorKind.OriginalCompressionLost, error.Kind);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Equal([], Directory.GetFiles(_world.Folder.Path));
    }
}
