using System.Diagnostics.CodeAnalysis;

namespace DeltaGlider.Core.Model;

/// <summary>
/// A bucket, a prefix or an object, written <c>s3://bucket/key</c>. The key is kept to the letter: nothing is
/// unescaped, folded or trimmed, so a leading <c>/</c>, <c>//</c>, spaces, <c>+</c> and <c>%</c> are part of it.
/// </summary>
/// <param name="Bucket">The bucket's name; empty only for <see cref="AllBuckets"/>.</param>
/// <param name="Key">The object's key or a prefix; empty for the bucket itself.</param>
public readonly record struct S3Uri(string Bucket, string Key)
{
    private const string Scheme = "s3://";

    /// <summary>What <c>s3://</c> alone means: every bucket.</summary>
    public static S3Uri AllBuckets => new("", "");

    /// <summary>True for a bare bucket and for a key that ends in <c>/</c>: "into", as the AWS CLI reads it.</summary>
    public bool IsFolderLike => Key.Length == 0 || Key.EndsWith('/');

    /// <summary>The part of the key after its last <c>/</c>.</summary>
    public string Name => Key[(Key.LastIndexOf('/') + 1)..];

    /// <summary>True when <paramref name="text"/> starts with <c>s3://</c>, whatever follows.</summary>
    public static bool LooksLike([NotNullWhen(true)] string? text) =>
        text is not null && text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads <c>s3://bucket[/key]</c>; false for anything else or a bucket name no store could hold.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out S3Uri uri)
    {
        uri = AllBuckets;
        if (!LooksLike(text)) return false;
        var rest = text[Scheme.Length..];
        if (rest.Length == 0) return true;
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var bucket = slash < 0 ? rest : rest[..slash];
        if (!IsBucketName(bucket)) return false;
        uri = new S3Uri(bucket, slash < 0 ? "" : rest[(slash + 1)..]);
        return true;
    }

    /// <summary>Reads <c>s3://bucket[/key]</c>.</summary>
    /// <exception cref="FormatException">The text is no such URI; the message says what one looks like.</exception>
    public static S3Uri Parse(string text) => TryParse(text, out var uri)
        ? uri
        : throw new FormatException($"'{text}' is not an S3 URI. Write it as s3://bucket/key.");

    /// <summary>The same bucket with another key.</summary>
    public S3Uri WithKey(string key) => this with { Key = key };

    /// <summary>
    /// Letters, digits, dots, hyphens and underscores, 3 to 255 of them: the present rules of S3 and those of its
    /// early years (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html).
    /// </summary>
    public static bool IsBucketName(string name) =>
        name.Length is >= 3 and <= 255
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
        && !name.Contains("..", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Bucket.Length == 0 ? Scheme : $"{Scheme}{Bucket}/{Key}";
}
