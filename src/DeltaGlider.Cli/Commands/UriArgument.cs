using System.CommandLine.Parsing;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Cli.Commands;

/// <summary>Reads arguments that have to be <c>s3://bucket/key</c>.</summary>
internal static class UriArgument
{
    /// <summary>The URI; an error on <paramref name="result"/> for any other text.</summary>
    public static S3Uri ParseObject(ArgumentResult result) => Parse(result, result.Tokens.Single().Value);

    /// <summary>The same of each of several.</summary>
    public static S3Uri[] ParseObjects(ArgumentResult result) => [.. result.Tokens.Select(token => Parse(result, token.Value))];

    /// <summary>A bucket or a prefix; as with the AWS CLI, <c>s3://</c> may be left out.</summary>
    public static S3Uri ParsePrefix(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (S3Uri.TryParse(S3Uri.LooksLike(text) ? text : $"s3://{text}", out var uri)) return uri;
        result.AddError(NoUri(text));
        return default;
    }

    /// <summary>A bucket and nothing below it; <c>s3://</c> may be left out.</summary>
    public static S3Uri ParseBucket(ArgumentResult result)
    {
        var uri = ParsePrefix(result);
        if (uri.Key is { Length: > 0 } || uri.Bucket is { Length: 0 }) result.AddError($"'{result.Tokens.Single().Value}' names no bucket. Write it as s3://bucket.");
        return uri;
    }

    /// <summary>What is wrong with such a text.</summary>
    public static string NoUri(string text) => $"'{text}' is not an S3 URI. Write it as s3://bucket/key.";

    private static S3Uri Parse(ArgumentResult result, string text)
    {
        if (S3Uri.TryParse(text, out var uri) && uri.Bucket.Length > 0) return uri;
        result.AddError(NoUri(text));
        return default;
    }
}
