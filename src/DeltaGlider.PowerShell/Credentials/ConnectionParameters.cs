using DeltaGlider.Adapters.S3;
using DeltaGlider.Base;

namespace DeltaGlider.Credentials;

/// <summary>
/// The connection parameters of one call, and what the session's variables add to them: those that Set-AWSCredential and
/// Set-DefaultAWSRegion of AWS.Tools set.
/// </summary>
/// <param name="given">A parameter's value by its name; null where it was not given.</param>
/// <param name="variable">A variable's value by its name; null where there is none.</param>
internal sealed class ConnectionParameters(Func<string, object?> given, Func<string, object?> variable)
{
    private const string CredentialsVariable = "StoredAWSCredentials";
    private const string RegionVariable = "StoredAWSRegion";

    /// <summary>How to reach the store that they name.</summary>
    /// <exception cref="Core.Errors.DeltaGliderException"><see cref="Core.Errors.ErrorKind.InvalidArgument"/> for credentials
    /// or a region of a type that is none.</exception>
    public S3ConnectionOptions Read()
    {
        var options = new S3ConnectionOptions
        {
            AccessKey = Text(nameof(ConnectedCommand.AccessKey)),
            SecretKey = Text(nameof(ConnectedCommand.SecretKey)),
            SessionToken = Text(nameof(ConnectedCommand.SessionToken)),
            ProfileName = Text(nameof(ConnectedCommand.ProfileName)),
            ProfileLocation = Text(nameof(ConnectedCommand.ProfileLocation)),
            Region = Text(nameof(ConnectedCommand.Region)) ?? SessionRegion.Read(variable(RegionVariable), "$" + RegionVariable),
            RegionPlace = $"-Region; ${RegionVariable}",
            EndpointUrl = Text(nameof(ConnectedCommand.EndpointUrl)),
        };
        return WithCredentials(options);
    }

    private S3ConnectionOptions WithCredentials(S3ConnectionOptions options)
    {
        // Keys and a profile come before the variable, so what stands in it does not even have to be sound.
        (object? Value, string Place)[] places = options is { ProfileName: null, AccessKey: null }
            ? [(given(nameof(ConnectedCommand.Credential)), "-Credential"), (variable(CredentialsVariable), "$" + CredentialsVariable)]
            : [(given(nameof(ConnectedCommand.Credential)), "-Credential")];
        foreach (var (value, place) in places)
        {
            if (CredentialParameter.Read(value, place, options.SessionToken) is { } credentials)
                return options with { Credentials = credentials, CredentialsPlace = place };
        }

        return options with { CredentialsPlace = string.Join(", ", places.Select(place => place.Place)) };
    }

    private string? Text(string parameter) => given(parameter)?.ToString() is { Length: > 0 } text ? text : null;
}
