using DeltaGlider.Core.Errors;

namespace DeltaGlider.Adapters.S3;

/// <summary>
/// How the store encrypts what it takes, references among it
/// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/serv-side-encryption.html).
/// </summary>
/// <param name="Method"><c>AES256</c>, <c>aws:kms</c> or <c>aws:kms:dsse</c>.</param>
/// <param name="KmsKeyId">The key of AWS KMS; null for the bucket's own, or where none is used.</param>
public sealed record ServerSideEncryption(string Method, string? KmsKeyId)
{
    /// <summary>What a user asked for; null for nothing. A key alone means <c>aws:kms</c>.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.InvalidArgument"/>.</exception>
    public static ServerSideEncryption? From(string? method, string? kmsKeyId)
    {
        if (method is null && kmsKeyId is null) return null;
        var known = (method ?? "aws:kms").ToUpperInvariant() switch
        {
            "AES256" => "AES256",
            "AWS:KMS" => "aws:kms",
            "AWS:KMS:DSSE" => "aws:kms:dsse",
            _ => throw Fail.InvalidArgument("server-side encryption", $"'{method}' is no server-side encryption.", "Give AES256, aws:kms or aws:kms:dsse."),
        };
        if (known == "AES256" && kmsKeyId is not null)
            throw Fail.InvalidArgument("server-side encryption", "A KMS key was given, and AES256 uses none.", "Give aws:kms, or leave the key out.");
        return new ServerSideEncryption(known, kmsKeyId);
    }
}
