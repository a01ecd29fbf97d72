using System.Security.Cryptography;
using DeltaGlider.Adapters.Cache;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Adapters.Tests.Cache;

/// <summary>What the tests of the cache do again and again.</summary>
internal static class CacheFiles
{
    // The key of the Fernet specification's own examples.
    public const string KeyText = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";

    public static FernetKey Key() => FernetKey.TryParse(KeyText, out var key) ? key : throw new InvalidOperationException();

    public static Sha256Digest Sha(byte[] bytes) => Sha256Digest.FromBytes(SHA256.HashData(bytes));

    public static FileReferenceStorage Shared(string parent, long maxBytes = long.MaxValue, FernetKey? key = null) =>
        new(new SharedFolder(parent), key ?? Key(), maxBytes);

    public static async Task<byte[]?> ReadAsync(IReferenceStorage storage, Sha256Digest sha256, CancellationToken cancellationToken)
    {
        var kept = await storage.OpenAsync(sha256, cancellationToken);
        if (kept is null) return null;
        await using (kept)
        {
            var bytes = new byte[kept.Length];
            await kept.Content.ReadExactlyAsync(bytes, cancellationToken);
            return await kept.Content.ReadAsync(new byte[1], cancellationToken) == 0 ? bytes : throw new InvalidDataException("longer than its length");
        }
    }

    /// <summary>The entries below a folder.</summary>
    public static string[] Entries(string parent) =>
        !Directory.Exists(parent) ? [] : [.. Directory.EnumerateFiles(parent, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path).Length == 64)];
}
