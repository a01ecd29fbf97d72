using Amazon.Runtime;
using DeltaGlider.Core.Errors;

namespace DeltaGlider.Adapters.S3;

/// <summary>
/// Finds credentials: keys; the profile asked for; credentials handed over; environment; default profile; container;
/// instance. The order of AWS.Tools for PowerShell.
/// </summary>
internal sealed class CredentialResolver(S3ConnectionOptions options, Func<string, string?> environment, ProfileFiles profiles, InstanceMetadata instance)
{
    private readonly List<string> _looked = [];

    /// <summary>The first that are found.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.NoCredentials"/>, naming each place looked at;
    /// <see cref="ErrorKind.InvalidArgument"/> for half a pair of keys.</exception>
    public async ValueTask<ResolvedCredentials> ResolveAsync(CancellationToken cancellationToken) =>
        FromKeys()
        ?? (profiles.Asked is null ? null : new ResolvedCredentials(profiles.NeedAsked(), $"the profile '{profiles.Asked}'"))
        ?? FromCaller()
        ?? FromEnvironment()
        ?? FromDefaultProfile()
        ?? FromContainer()
        ?? await FromInstanceAsync(cancellationToken).ConfigureAwait(false)
        ?? throw new DeltaGliderException(
            ErrorKind.NoCredentials, options.EndpointUrl ?? "S3", $"No credentials were found. Looked at: {string.Join("; ", _looked)}.")
        {
            Advice = "Give -AccessKey and -SecretKey or -ProfileName (--profile), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
        };

    private ResolvedCredentials? FromKeys()
    {
        if (Pair(options.AccessKey, options.SecretKey, options.SessionToken, "an access key", "a secret key") is { } keys)
            return new ResolvedCredentials(keys, "the access key and secret key given");
        _looked.Add("keys and profile parameters (not given)");
        return null;
    }

    private ResolvedCredentials? FromCaller()
    {
        if (options.Credentials is { } credentials) return new ResolvedCredentials(credentials, options.CredentialsPlace ?? "the credentials handed over");
        if (options.CredentialsPlace is { } place) _looked.Add($"{place} (not given)");
        return null;
    }

    private ResolvedCredentials? FromEnvironment()
    {
        var keys = Pair(environment("AWS_ACCESS_KEY_ID"), environment("AWS_SECRET_ACCESS_KEY"), environment("AWS_SESSION_TOKEN"), "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");
        if (keys is not null) return new ResolvedCredentials(keys, "the environment (AWS_ACCESS_KEY_ID)");
        if (environment("AWS_WEB_IDENTITY_TOKEN_FILE") is { Length: > 0 } token && environment("AWS_ROLE_ARN") is { Length: > 0 } role)
        {
            var session = environment("AWS_ROLE_SESSION_NAME") is { Length: > 0 } name ? name : "deltaglider";
            return new ResolvedCredentials(new AssumeRoleWithWebIdentityCredentials(token, role, session), "the web identity of the environment (AWS_WEB_IDENTITY_TOKEN_FILE)");
        }

        _looked.Add("environment (AWS_ACCESS_KEY_ID, AWS_WEB_IDENTITY_TOKEN_FILE: not set)");
        return null;
    }

    private ResolvedCredentials? FromDefaultProfile()
    {
        if (profiles.TryGet(profiles.Default) is { } credentials) return new ResolvedCredentials(credentials, $"the profile '{profiles.Default}'");
        _looked.Add($"profile '{profiles.Default}' in {profiles.Place} (none)");
        return null;
    }

    private ResolvedCredentials? FromContainer()
    {
        if (environment("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") is { Length: > 0 } || environment("AWS_CONTAINER_CREDENTIALS_FULL_URI") is { Length: > 0 })
            return new ResolvedCredentials(new GenericContainerCredentials(), "the container's role");
        _looked.Add("container (AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, AWS_CONTAINER_CREDENTIALS_FULL_URI: not set)");
        return null;
    }

    private async ValueTask<ResolvedCredentials?> FromInstanceAsync(CancellationToken cancellationToken)
    {
        if (await instance.TryGetRoleAsync(cancellationToken).ConfigureAwait(false) is { } role)
            return new ResolvedCredentials(new InstanceProfileAWSCredentials(role), $"the instance's role '{role}'");
        _looked.Add(instance.IsDisabled ? "instance (switched off by the environment)" : "instance metadata (no answer)");
        return null;
    }

    private static AWSCredentials? Pair(string? access, string? secret, string? session, string accessName, string secretName)
    {
        var (hasAccess, hasSecret) = (!string.IsNullOrEmpty(access), !string.IsNullOrEmpty(secret));
        if (hasAccess != hasSecret)
        {
            throw new DeltaGliderException(
                ErrorKind.InvalidArgument, hasAccess ? accessName : secretName, $"There is {(hasAccess ? accessName : secretName)} without {(hasAccess ? secretName : accessName)}.")
            {
                Advice = "Give both or neither.",
            };
        }

        if (!hasAccess) return null;
        return string.IsNullOrEmpty(session) ? new BasicAWSCredentials(access, secret) : new SessionAWSCredentials(access, secret, session);
    }
}
