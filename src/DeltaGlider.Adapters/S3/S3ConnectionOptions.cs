using System.Text;
using Amazon.Runtime;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Adapters.S3;

/// <summary>How to reach a store, as a user says it; what is null is looked for in profiles and environment.</summary>
public sealed record S3ConnectionOptions
{
    /// <summary>The access key; goes with <see cref="SecretKey"/>.</summary>
    public string? AccessKey { get; init; }

    /// <summary>The secret key.</summary>
    public string? SecretKey { get; init; }

    /// <summary>The session token of temporary keys.</summary>
    public string? SessionToken { get; init; }

    /// <summary>A profile of the AWS configuration files. A missing one is an error.</summary>
    public string? ProfileName { get; init; }

    /// <summary>A credentials file to read profiles from, in place of the usual ones.</summary>
    public string? ProfileLocation { get; init; }

    /// <summary>Credentials that the caller has made already; after keys and profile.</summary>
    public AWSCredentials? Credentials { get; init; }

    /// <summary>
    /// Where <see cref="Credentials"/> are from, in words; where there are none, the places that the caller has looked at
    /// for them in vain.
    /// </summary>
    public string? CredentialsPlace { get; init; }

    /// <summary>The region's name.</summary>
    public string? Region { get; init; }

    /// <summary>Where the caller has looked for <see cref="Region"/>, in words.</summary>
    public string RegionPlace { get; init; } = "the region parameter";

    /// <summary>Where the store is: http(s)://host, or file:///folder for the folder store.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>How the store is to encrypt what it takes; null for what the bucket says.</summary>
    public ServerSideEncryption? Encryption { get; init; }

    /// <summary>Objects larger than this go up in parts.</summary>
    public long MultipartThreshold { get; init; } = 64L << 20;

    /// <summary>How large a part is, at least; S3 takes no part (but the last) under 5 MiB.</summary>
    public long PartSize { get; init; } = 16L << 20;

    /// <summary>Objects larger than this come down in ranges, several at once.</summary>
    public long RangedThreshold { get; init; } = 32L << 20;

    /// <summary>How large a range is. Each of those under way takes that much memory.</summary>
    public int RangeSize { get; init; } = 8 << 20;

    /// <summary>What bounds the requests that go on at the same time; a gate of this connection's own where none is given.</summary>
    public TransferGate? Gate { get; init; }

    // No secret may get into a log by way of ToString.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append("Endpoint = ").Append(EndpointUrl ?? "(default)")
            .Append(", Region = ").Append(Region ?? "(default)")
            .Append(", Profile = ").Append(ProfileName ?? "(none)")
            .Append(", AccessKey = ").Append(AccessKey is null ? "(none)" : "(given)");
        return true;
    }
}
