using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Base;

/// <summary>Reads what names a bucket: its bare name, or <c>s3://name</c>.</summary>
internal static class BucketName
{
    /// <summary>The bucket.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.InvalidArgument"/> for anything else.</exception>
    public static S3Uri Parse(string text) =>
        S3Uri.TryParse(S3Uri.LooksLike(text) ? text : $"s3://{text}", out var uri) && uri.Bucket.Length > 0 && uri.Key.Length == 0
            ? uri
            : throw Fail.InvalidArgument(text, $"'{text}' names no bucket.", "Write it as s3://bucket.");
}
