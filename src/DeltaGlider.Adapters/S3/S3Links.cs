using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Adapters.S3;

/// <summary>Links with a signature in them.</summary>
internal sealed class S3Links(S3Client client, TimeProvider time)
{
    /// <summary>A link.</summary>
    public async ValueTask<Uri> PresignAsync(PresignRequest request, CancellationToken cancellationToken)
    {
        var ask = new GetPreSignedUrlRequest
        {
            BucketName = request.Uri.Bucket,
            Key = request.Uri.Key,
            Verb = HttpVerb.GET,
            Protocol = client.IsPlain ? Protocol.HTTP : Protocol.HTTPS,
            Expires = time.GetUtcNow().UtcDateTime + request.Expires,
        };
        if (request.ContentType is not null) ask.ResponseHeaderOverrides.ContentType = request.ContentType;
        if (request.FileName is not null) ask.ResponseHeaderOverrides.ContentDisposition = Disposition(request.FileName);
        return new Uri(await client.AskAsync(request.Uri, s3 => s3.GetPreSignedURLAsync(ask), cancellationToken).ConfigureAwait(false));
    }

    /// <summary>
    /// RFC 6266: the name once in ASCII, for whoever knows no better, and once as RFC 8187 writes it.
    /// </summary>
    internal static string Disposition(string fileName)
    {
        var plain = string.Concat(fileName.Select(c => c is >= ' ' and <= '~' && c is not ('"' or '\\' or '/' or '%') ? c : '_'));
        var exact = new StringBuilder();
        foreach (var value in Encoding.UTF8.GetBytes(fileName))
        {
            var c = (char)value;
            if (char.IsAsciiLetterOrDigit(c) || "!#$&+-.^_`|~".Contains(c, StringComparison.Ordinal)) exact.Append(c);
            else exact.Append('%').Append(Convert.ToHexString([value]));
        }

        return $"attachment; filename=\"{plain}\"; filename*=UTF-8''{exact}";
    }
}
