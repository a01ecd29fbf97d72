using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Adapters.S3;

/// <summary>
/// What a store answers, in the words of the domain. By error code first
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html), then by HTTP status: a HEAD has no code, and
/// Ceph often no message.
/// </summary>
internal static class S3Errors
{
    /// <summary>The kind of an error response.</summary>
    public static ErrorKind KindOf(string? code, HttpStatusCode status) => code switch
    {
        "NoSuchBucket" => ErrorKind.BucketNotFound,
        "NoSuchKey" or "NotFound" or "NoSuchVersion" or "NoSuchUpload" => ErrorKind.ObjectNotFound,
        "AccessDenied" or "AllAccessDisabled" or "AccountProblem" or "Forbidden" or "UserSuspended" or "MethodNotAllowed" => ErrorKind.AccessDenied,
        "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "ExpiredToken" or "ExpiredTokenException" or "InvalidToken" or "TokenRefreshRequired"
            or "InvalidClientTokenId" or "UnrecognizedClientException" or "InvalidSecurity" or "RequestTimeTooSkewed" or "RequestExpired"
            or "AuthorizationHeaderMalformed" or "NotSignedUp" => ErrorKind.CredentialsRejected,
        "PreconditionFailed" or "ConditionalRequestConflict" or "BucketAlreadyExists" or "BucketAlreadyOwnedByYou" => ErrorKind.AlreadyExists,
        "MetadataTooLarge" => ErrorKind.MetadataTooLarge,
        "QuotaExceeded" or "InsufficientCapacity" or "XMinioStorageFull" or "TooManyBuckets" or "InsufficientStorage" => ErrorKind.StoreFull,
        "SlowDown" or "Throttling" or "ThrottlingException" or "TooManyRequests" or "TooManyRequestsException" or "RequestLimitExceeded" or "BandwidthLimitExceeded" => ErrorKind.Throttled,
        "InternalError" or "ServiceUnavailable" or "RequestTimeout" or "RequestTimeoutException" or "OperationAborted" or "Busy" => ErrorKind.StoreUnavailable,
        "IncompleteBody" or "BadDigest" or "XAmzContentSHA256Mismatch" => ErrorKind.TransferBroken,
        "InvalidBucketName" or "KeyTooLongError" or "EntityTooLarge" or "InvalidURI" or "InvalidArgument" or "InvalidStorageClass"
            or "InvalidLocationConstraint" or "IllegalLocationConstraintException" => ErrorKind.InvalidArgument,
        _ => KindOf(status),
    };

    /// <summary>The error for a failed request about <paramref name="uri"/>.</summary>
    public static DeltaGliderException Translate(Exception e, S3Uri uri, string store)
    {
        if (e is DeltaGliderException known) return known;
        var service = e as AmazonServiceException;
        if (service is null or { StatusCode: 0 })
        {
            if (IsConnectionFailure(e))
            {
                return new(ErrorKind.StoreUnavailable, uri.ToString(), $"{store} cannot be reached for '{uri}': {Innermost(e).Message}", e)
                {
                    Advice = "Check the endpoint URL and the network, then try again.",
                };
            }

            if (e is AmazonClientException)
            {
                // Providers of credentials (SSO, assumed roles, containers) fail with this.
                return new(ErrorKind.CredentialsRejected, uri.ToString(), $"'{uri}' could not be asked for: {e.Message}", e)
                {
                    Advice = "Check the credentials or the profile; log in again if they have expired.",
                };
            }
        }

        if (e is System.Xml.XmlException or AmazonUnmarshallingException || e.InnerException is System.Xml.XmlException)
        {
            return new(ErrorKind.StoreRefused, uri.ToString(), $"{store} answered for '{uri}', and not as S3 does.", e)
            {
                Advice = "Check the endpoint URL: a web page, a proxy or a console may be there.",
            };
        }

        if (service is null) return new(ErrorKind.Unexpected, uri.ToString(), $"'{uri}': {e.Message}", e);
        var kind = KindOf(service.ErrorCode, service.StatusCode);
        if (kind == ErrorKind.BucketNotFound) return NoBucket(uri, store, e, service.RequestId);
        var (text, advice) = Words(kind, service, uri, store);
        return new(kind, uri.ToString(), text + Answer(service), e) { Advice = advice, RequestId = service.RequestId };
    }

    /// <summary>There is no such bucket.</summary>
    public static DeltaGliderException NoBucket(S3Uri uri, string store, Exception? inner, string? requestId) =>
        new(ErrorKind.BucketNotFound, uri.ToString(), $"There is no bucket '{uri.Bucket}' at {store}.", inner)
        {
            Advice = "Check the name and the endpoint, or make the bucket.",
            RequestId = requestId,
        };

    /// <summary>There is no such object.</summary>
    public static DeltaGliderException NotFound(S3Uri uri, Exception? inner = null, string? requestId = null) =>
        new(ErrorKind.ObjectNotFound, uri.ToString(), $"There is no object '{uri}'.", inner) { RequestId = requestId };

    /// <summary>Something is already there.</summary>
    public static DeltaGliderException AlreadyThere(S3Uri uri, Exception? inner = null, string? requestId = null) =>
        new(ErrorKind.AlreadyExists, uri.ToString(), $"'{uri}' already exists.", inner) { Safe = "It was left as it is.", RequestId = requestId };

    /// <summary>True for what the network does, as against an answer of the store.</summary>
    public static bool IsConnectionFailure(Exception? e) => e switch
    {
        null => false,
        HttpRequestException or SocketException or IOException or TimeoutException or OperationCanceledException or System.Security.Authentication.AuthenticationException => true,
        _ => IsConnectionFailure(e.InnerException),
    };

    private static ErrorKind KindOf(HttpStatusCode status) => (int)status switch
    {
        401 => ErrorKind.CredentialsRejected,
        403 or 405 => ErrorKind.AccessDenied,
        404 => ErrorKind.ObjectNotFound,
        409 or 412 => ErrorKind.AlreadyExists,
        400 or 414 => ErrorKind.StoreRefused,
        408 => ErrorKind.StoreUnavailable,
        413 => ErrorKind.InvalidArgument,
        429 => ErrorKind.Throttled,
        503 => ErrorKind.Throttled,
        507 => ErrorKind.StoreFull,
        501 or 505 => ErrorKind.StoreRefused,
        >= 500 => ErrorKind.StoreUnavailable,
        _ => ErrorKind.StoreRefused,
    };

    private static (string Text, string Advice) Words(ErrorKind kind, AmazonServiceException e, S3Uri uri, string store) => kind switch
    {
        ErrorKind.ObjectNotFound => ($"There is no object '{uri}'", ""),
        ErrorKind.AccessDenied => ($"{store} does not allow this on '{uri}'", "Ask the bucket's owner for the right, or use other credentials."),
        ErrorKind.CredentialsRejected when e.ErrorCode is "RequestTimeTooSkewed" or "RequestExpired" =>
            ($"{store} refuses '{uri}', for this machine's clock is wrong", "Set the clock."),
        ErrorKind.CredentialsRejected when e.ErrorCode is "ExpiredToken" or "ExpiredTokenException" or "TokenRefreshRequired" =>
            ($"The credentials for '{uri}' have expired", "Log in again, or get a new session token."),
        ErrorKind.CredentialsRejected when e.ErrorCode is "AuthorizationHeaderMalformed" =>
            ($"{store} does not accept the signature for '{uri}'", "Check the region: the signature is made for one."),
        ErrorKind.CredentialsRejected when e.ErrorCode is "InvalidAccessKeyId" => ($"{store} does not know the access key used for '{uri}'", "Check the access key and the endpoint."),
        ErrorKind.CredentialsRejected => ($"{store} does not accept the credentials for '{uri}'", "Check the secret key, the session token and the endpoint."),
        ErrorKind.AlreadyExists => ($"'{uri}' already exists", ""),
        ErrorKind.MetadataTooLarge => ($"The user metadata of '{uri}' is too large for {store}", ""),
        ErrorKind.StoreFull => ($"{store} has no room for '{uri}', or a quota is used up", "Make room, or raise the quota."),
        ErrorKind.Throttled => ($"{store} asks to slow down on '{uri}'", "Try again later, or with fewer transfers at once."),
        ErrorKind.StoreUnavailable => ($"{store} cannot answer for '{uri}' at present", "Try again later."),
        ErrorKind.TransferBroken => ($"The transfer of '{uri}' arrived damaged", "Try again."),
        ErrorKind.InvalidArgument => ($"{store} does not take '{uri}'", ""),
        _ when e.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect => ($"The bucket of '{uri}' is in another region", "Give that region."),
        _ => ($"{store} refused '{uri}'", ""),
    };

    // The code is stable and short; the message is the store's own prose, if it has any.
    private static string Answer(AmazonServiceException e)
    {
        var code = string.IsNullOrEmpty(e.ErrorCode) ? $"HTTP {(int)e.StatusCode}" : e.ErrorCode;
        return string.IsNullOrWhiteSpace(e.Message) || e.Message == e.ErrorCode || e.Message.StartsWith("Exception of type", StringComparison.Ordinal)
            ? $" ({code})."
            : $" ({code}: {e.Message.TrimEnd('.')}).";
    }

    private static Exception Innermost(Exception e) => e.InnerException is null ? e : Innermost(e.InnerException);
}
