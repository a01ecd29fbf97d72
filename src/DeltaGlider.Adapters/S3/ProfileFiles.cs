using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using DeltaGlider.Core.Errors;

namespace DeltaGlider.Adapters.S3;

/// <summary>The AWS configuration files.</summary>
internal sealed class ProfileFiles
{
    private readonly CredentialProfileStoreChain _chain;
    private readonly string? _location;

    /// <summary>Reads from the file the options name, else from <c>AWS_SHARED_CREDENTIALS_FILE</c>, else from the usual ones.</summary>
    public ProfileFiles(S3ConnectionOptions options, Func<string, string?> environment)
    {
        _location = NullIfEmpty(options.ProfileLocation) ?? NullIfEmpty(environment("AWS_SHARED_CREDENTIALS_FILE"));
        _chain = new CredentialProfileStoreChain(_location);
        Asked = NullIfEmpty(options.ProfileName);
        Default = NullIfEmpty(environment("AWS_PROFILE")) ?? "default";
    }

    /// <summary>The profile the user asked for, if any.</summary>
    public string? Asked { get; }

    /// <summary>The profile to use when nothing else has credentials: <c>AWS_PROFILE</c>, or <c>default</c>.</summary>
    public string Default { get; }

    /// <summary>The profile that region and endpoint may come from; null when it is not there.</summary>
    public CredentialProfile? Present => _chain.TryGetProfile(Asked ?? Default, out var profile) ? profile : null;

    /// <summary>Where the profiles are read from, in words.</summary>
    public string Place => _location ?? "the AWS credentials and config files";

    /// <summary>The names of all profiles.</summary>
    public IEnumerable<string> Names => _chain.ListProfiles().Select(profile => profile.Name).Distinct(StringComparer.Ordinal);

    /// <summary>The credentials of the profile the user asked for.</summary>
    /// <exception cref="DeltaGliderException">The profile is missing or has no credentials.</exception>
    public AWSCredentials NeedAsked()
    {
        if (!_chain.TryGetProfile(Asked, out _))
        {
            throw new DeltaGliderException(ErrorKind.NoCredentials, Asked!, $"There is no profile '{Asked}' in {Place}.")
            {
                Advice = "Check the profile's name, or make it with 'aws configure --profile'.",
            };
        }

        return TryGet(Asked!) ?? throw new DeltaGliderException(ErrorKind.NoCredentials, Asked!, $"The profile '{Asked}' in {Place} has no usable credentials.");
    }

    /// <summary>A profile's credentials, or null.</summary>
    public AWSCredentials? TryGet(string name)
    {
        try
        {
            return _chain.TryGetAWSCredentials(name, out var credentials) ? credentials : null;
        }
        catch (Exception e) when (e is AmazonClientException or InvalidOperationException or ArgumentException)
        {
            // The SDK says so of a profile it can read and not use.
            throw new DeltaGliderException(ErrorKind.NoCredentials, name, $"The profile '{name}' in {Place} cannot be used: {e.Message}", e);
        }
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
