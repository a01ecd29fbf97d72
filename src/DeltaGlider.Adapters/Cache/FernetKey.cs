using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace DeltaGlider.Adapters.Cache;

/// <summary>
/// A Fernet key (https://github.com/fernet/spec): 16 bytes that sign and 16 that encrypt. It makes and opens tokens of
/// that specification, as bytes rather than base64: version 0x80, time in seconds (8 bytes, big-endian), IV (16),
/// AES-128-CBC with PKCS#7 padding, HMAC-SHA256 over all before it. A context that both sides know may be signed along,
/// in front of the token; without one the token is Fernet's to the letter. The signature is compared in constant time,
/// and nothing is decrypted before it has proved right. Never printed.
/// </summary>
public sealed class FernetKey : IDisposable
{
    /// <summary>Bytes in a key.</summary>
    public const int Length = 32;

    internal const int Overhead = HeaderLength + SignatureLength;
    internal const int IvLength = 16;

    private const int TextLength = 44;
    private const int HalfLength = 16;
    private const int TimeLength = 8;
    private const int HeaderLength = 1 + TimeLength + IvLength;
    private const int SignatureLength = 32;
    private const int BlockLength = 16;
    private const byte Version = 0x80;

    // Pinned: the collector makes no copies that nobody would wipe.
    private readonly byte[] _bytes = GC.AllocateArray<byte>(Length, pinned: true);

    private bool _disposed;

    private FernetKey()
    {
    }

    /// <summary>A key that nobody else has.</summary>
    public static FernetKey Random()
    {
        var key = new FernetKey();
        RandomNumberGenerator.Fill(key._bytes);
        return key;
    }

    /// <summary>Reads the URL-safe base64 of 32 bytes; the two letters of the standard alphabet are taken as well.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out FernetKey? key)
    {
        key = null;
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length != TextLength) return false;
        Span<char> standard = stackalloc char[TextLength];
        trimmed.Replace(standard, '-', '+');
        standard.Replace('_', '/');
        var made = new FernetKey();
        var parsed = Convert.TryFromBase64Chars(standard, made._bytes, out var written) && written == Length;
        standard.Clear();
        if (parsed) key = made;
        else made.Dispose();
        return parsed;
    }

    /// <summary>How long the token of so many bytes is.</summary>
    internal static int TokenLength(int plainLength) => Overhead + ((plainLength / BlockLength) + 1) * BlockLength;

    /// <summary>Makes a token.</summary>
    /// <returns>Its length.</returns>
    internal int Seal(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> context, DateTimeOffset time, ReadOnlySpan<byte> iv, Span<byte> token)
    {
        var length = TokenLength(plain.Length);
        token[0] = Version;
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(token[1..], time.ToUnixTimeSeconds());
        iv.CopyTo(token[(1 + TimeLength)..]);
        using (var aes = Cipher()) aes.EncryptCbc(plain, iv, token[HeaderLength..(length - SignatureLength)]);
        Sign(context, token[..(length - SignatureLength)], token[(length - SignatureLength)..length]);
        return length;
    }

    /// <summary>Opens a token.</summary>
    /// <returns>False, and nothing is written, when it was not made with this key, or not for this context.</returns>
    internal bool TryOpen(ReadOnlySpan<byte> token, ReadOnlySpan<byte> context, Span<byte> plain, out int written)
    {
        written = 0;
        if (token.Length < TokenLength(0) || (token.Length - Overhead) % BlockLength != 0) return false;
        Span<byte> signature = stackalloc byte[SignatureLength];
        Sign(context, token[..^SignatureLength], signature);
        if (!CryptographicOperations.FixedTimeEquals(signature, token[^SignatureLength..]) || token[0] != Version) return false;
        using var aes = Cipher();
        return aes.TryDecryptCbc(token[HeaderLength..^SignatureLength], token.Slice(1 + TimeLength, IvLength), plain, out written);
    }

    /// <summary>Wipes the key.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_bytes);
        _disposed = true;
    }

    /// <summary>Says nothing of the key.</summary>
    public override string ToString() => "(a Fernet key)";

    private Aes Cipher()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var half = _bytes[HalfLength..];
        try
        {
            var aes = Aes.Create();
            aes.Key = half;
            return aes;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(half);
        }
    }

    private void Sign(ReadOnlySpan<byte> context, ReadOnlySpan<byte> token, Span<byte> signature)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _bytes.AsSpan(0, HalfLength));
        hmac.AppendData(context);
        hmac.AppendData(token);
        hmac.GetHashAndReset(signature);
    }
}
