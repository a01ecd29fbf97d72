using System.Buffers.Binary;
using System.IO.Compression;
using DeltaGlider.Deep.Deflate;
using DeltaGlider.Deep.Finding;
using DeltaGlider.TestKit;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Deep.Tests;

/// <summary>What is found in archives of all kinds, and that nothing is found outside a file.</summary>
public class StreamFinderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 0)]
    [InlineData(true, 1000)]
    public void Every_member_of_a_zip_is_found(bool seekable, int prefix)
    {
        var members = Archives.Members(1);
        byte[] file = [.. Samples.Of("random", prefix), .. Archives.Zip(members, seekable: seekable)];
        var found = Find(file);
        Assert.Equal(members.Select(member => member.Name), found.Select(stream => stream.Name));
        foreach (var (stream, member) in found.Zip(members))
        {
            Assert.Equal(member.Content.Length, stream.PlainLength);
            var stored = file.AsMemory((int)stream.Offset, (int)stream.Length).ToArray();
            Packing.AssertSame(member.Content, stream.IsDeflated ? Inflate(stored) : stored, stream.Name);
        }
    }

    [Fact]
    public void A_zip64_directory_is_read()
    {
        // More members than 16 bits count.
        var found = Find(Archives.Zip(Enumerable.Range(0, 65_600).Select(i => ($"{i}", new byte[] { 1 })), CompressionLevel.NoCompression));
        Assert.Equal(65_600, found.Length);
    }

    [Fact]
    public void Sizes_in_a_zip64_field_are_read()
    {
        var python = Tool.Demand("python3");
        var file = python.Run(default, "-c", """
            import sys, io, zipfile
            out = io.BytesIO()
            with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as z:
                with z.open(zipfile.ZipInfo('a'), 'w', force_zip64=True) as f: f.write(b'zip64 ' * 1000)
                z.filelist[0].header_offset = 0
            sys.stdout.buffer.write(out.getvalue())
            """);
        Assert.Equal(6000, Assert.Single(Find(file)).PlainLength);
    }

    [Fact]
    public void Encrypted_members_are_left_alone()
    {
        var zip = Tool.Demand("zip");
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "secret.txt");
        File.WriteAllBytes(path, Samples.Of("text", 5000));
        zip.Run(default, "-q", "-j", "-P", "password", path + ".zip", path);
        Assert.Empty(Find(File.ReadAllBytes(path + ".zip")));
    }

    [Fact]
    public void The_members_of_a_gzip_file_are_found_one_after_the_other()
    {
        byte[] one = Samples.Of("text", 50_000), two = Samples.Of("mix", 700_000);
        byte[] file = [.. Packing.Gzip(one, DeflateParameters.GnuGzip(6)), .. Packing.Gzip(two, DeflateParameters.Zlib(9)), 0, 0, 0];
        var found = Find(file);
        Assert.Equal([50_000L, 700_000L], found.Select(stream => stream.PlainLength));
        foreach (var (stream, content) in found.Zip([one, two])) Packing.AssertSame(content, Inflate(file.AsMemory((int)stream.Offset, (int)stream.Length).ToArray()), "member");
    }

    [Fact]
    public void A_gzip_member_that_unpacks_to_more_than_is_allowed_is_left_alone()
    {
        var file = Packing.Gzip(new byte[10_000_000], DeflateParameters.Zlib(9));
        using var buffer = SourceBuffer.CopyOf(file);
        Assert.Empty(StreamFinder.Find(buffer, 9_999_999, Cancellation));
        Assert.Single(StreamFinder.Find(buffer, 10_000_000, Cancellation));
    }

    [Fact]
    public void Overlapping_members_are_told_apart()
    {
        // All entries point to the first member, as in a bomb.
        var file = Archives.Zip(Archives.Members(1));
        for (var at = file.Length - 4; at >= 0; at--)
            if (BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at)) == 0x02014B50) file.AsSpan(at + 42, 4).Clear();
        Assert.True(Find(file).Length <= 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("PK")]
    [InlineData("no archive, but text that goes on for a while")]
    public void What_is_no_archive_has_no_members(string text) => Assert.Empty(Find(System.Text.Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Whatever_is_wrong_with_an_archive_members_lie_within_it_and_apart()
    {
        var file = Archives.Zip(Archives.Members(1));
        var random = new Random(5);
        for (var round = 0; round < 3000; round++)
        {
            var bytes = file[(round % 3 == 0 ? random.Next(file.Length) : 0)..];
            // The directory is at the end.
            for (var changes = random.Next(1, 6); changes > 0; changes--) bytes[^random.Next(1, Math.Min(bytes.Length, 1200) + 1)] = (byte)random.Next(256);
            long end = 0;
            foreach (var stream in Find(bytes))
            {
                Assert.True(stream.Offset >= end && stream.Length > 0 && stream.End <= bytes.Length);
                end = stream.End;
            }
        }
    }

    private static System.Collections.Immutable.ImmutableArray<FoundStream> Find(byte[] file)
    {
        using var buffer = SourceBuffer.CopyOf(file);
        return StreamFinder.Find(buffer, 1 << 30, Cancellation);
    }

    private static byte[] Inflate(byte[] packed)
    {
        using var stream = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        stream.CopyTo(plain);
        return plain.ToArray();
    }
}
