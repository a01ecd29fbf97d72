using System.Management.Automation;
using Amazon.Runtime;
using DeltaGlider.Core.Errors;

namespace DeltaGlider.Credentials;

/// <summary>
/// What <c>-Credential</c> and the session's credentials may be. The parameter is declared as object, because the <c>AWSCredentials</c> of another module come from
/// another copy of the AWS SDK and do not bind to ours.
/// </summary>
internal static class CredentialParameter
{
    /// <summary>Our SDK's credentials for what the user gave.</summary>
    /// <param name="given">It; null where nothing was given.</param>
    /// <param name="place">Where it was given, for the error.</param>
    /// <param name="sessionToken">The token that goes with a PSCredential.</param>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.InvalidArgument"/> for anything else; the message names
    /// the type and never the value.</exception>
    public static AWSCredentials? Read(object? given, string place, string? sessionToken) => given switch
    {
        null => null,
        PSObject wrapped => Read(wrapped.BaseObject, place, sessionToken),
        PSCredential pair => FromPair(pair, sessionToken),
        AWSCredentials own => own,
        _ when ForeignCredentials.TryWrap(given) is { } foreign => foreign,
        _ => throw Fail.InvalidArgument(
            place,
            $"{place} is a {given.GetType().FullName}, and neither a PSCredential nor AWS credentials.",
            "Give a PSCredential with the access key as user name and the secret key as password, or what New-AWSCredential returns."),
    };

    private static AWSCredentials FromPair(PSCredential pair, string? sessionToken)
    {
        var secret = pair.GetNetworkCredential().Password;
        return string.IsNullOrEmpty(sessionToken)
            ? new BasicAWSCredentials(pair.UserName, secret)
            : new SessionAWSCredentials(pair.UserName, secret, sessionToken);
    }
}
