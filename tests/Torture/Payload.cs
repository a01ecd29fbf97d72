using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace DeltaGlider.Torture.Tests;

/// <summary>A file's content, which any process can make again: versions of one seed are close to each other.</summary>
internal sealed record Payload(int Seed, int Version, int Size)
{
    public byte[] Bytes()
    {
        var bytes = new byte[Size];
        new Random(Seed).NextBytes(bytes);
        var edits = new Random(Version);
        for (var edit = 0; edit < 8 && Version > 0; edit++) bytes[edits.Next(Size)] ^= (byte)edits.Next(1, 256);
        if (Size >= 8) BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), Version);
        return bytes;
    }

    public string Sha256() => Convert.ToHexStringLower(SHA256.HashData(Bytes()));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Seed} {Version} {Size}");

    public static Payload Parse(ReadOnlySpan<string> words) => new(
        int.Parse(words[0], CultureInfo.InvariantCulture), int.Parse(words[1], CultureInfo.InvariantCulture), int.Parse(words[2], CultureInfo.InvariantCulture));
}
