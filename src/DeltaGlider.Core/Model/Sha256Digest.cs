using System.Diagnostics.CodeAnalysis;

namespace DeltaGlider.Core.Model;

/// <summary>A SHA-256 (FIPS 180-4), compared and printed as 64 lower-case hexadecimal digits.</summary>
public sealed record Sha256Digest
{
    private Sha256Digest(string hex) => Hex = hex;

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string Hex { get; }

    /// <summary>Wraps the 32 bytes of a hash.</summary>
    public static Sha256Digest FromBytes(ReadOnlySpan<byte> hash)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(hash.Length, 32);
        return new Sha256Digest(Convert.ToHexString(hash).ToLowerInvariant());
    }

    /// <summary>Reads 64 hexadecimal digits of either case.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Sha256Digest? digest)
    {
        digest = text is { Length: 64 } && text.All(char.IsAsciiHexDigit) ? new Sha256Digest(text.ToLowerInvariant()) : null;
        return digest is not null;
    }

    /// <summary>Reads 64 hexadecimal digits of either case.</summary>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static Sha256Digest Parse(string text) =>
        TryParse(text, out var digest) ? digest : throw new FormatException($"'{text}' is not a SHA-256.");

    /// <inheritdoc/>
    public override string ToString() => Hex;
}
