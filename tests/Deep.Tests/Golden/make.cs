// Makes the golden streams of zlib-ng 2.2 beside it: `dotnet run make.cs` with .NET 10 on a processor that .NET knows.
// The Intel ones cannot be made here: see the note on them in GoldenTests.
using System.IO.Compression;
using System.Text;

uint state = 20260301;
int Next(int below)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return (int)((ulong)state * (uint)below >> 32);
}

var words = Enumerable.Range(0, 300).Select(_ => string.Concat(Enumerable.Range(0, 2 + Next(8)).Select(_ => (char)('a' + Next(26))))).ToArray();
byte[] Text(int length)
{
    var text = new StringBuilder();
    while (text.Length < length) text.Append(words[Next(1 + Next(300))]).Append(' ');
    return Encoding.ASCII.GetBytes(text.ToString(0, length));
}

byte[] Letters(int length) => [.. Enumerable.Range(0, length).Select(_ => (byte)('a' + Next(4)))];

void Save(string name, byte[] content, int piece, bool flush)
{
    using var packed = new MemoryStream();
    using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
    {
        foreach (var chunk in content.Chunk(piece)) gzip.Write(chunk);
        if (flush) gzip.Flush();
    }

    var bytes = packed.ToArray();
    new byte[] { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3 }.CopyTo(bytes, 0);
    File.WriteAllBytes(name, bytes);
}

byte[] mixed = [.. Text(9000), .. new byte[60_000], .. Enumerable.Range(0, 700).Select(_ => (byte)Next(256)), .. Text(9000)];
Save("zlib-ng-text-6.gz", Text(12_000), 131_072, false);
Save("zlib-ng-mixed-6.gz", mixed, 131_072, false);
Save("zlib-ng-letters-6.gz", Letters(150_000), 131_072, false); // blocks that fill the output, two chunks
Save("zlib-ng-whole-letters-6.gz", Letters(150_000), 1 << 20, false);
Save("zlib-ng-flushed-text-6.gz", Text(3000), 131_072, true);

// A block that fills the output where positions ahead have been noted: short runs of zeros between rare bytes.
byte[] Runs(int length)
{
    var bytes = new byte[length];
    for (var at = 0; at < length; at += 2 + Next(7)) bytes[at] = (byte)Next(256);
    return bytes;
}

Save("zlib-ng-runs-6.gz", Runs(130_000), 131_072, false);
