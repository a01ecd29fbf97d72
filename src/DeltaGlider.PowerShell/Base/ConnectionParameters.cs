namespace DeltaGlider.Base;

/// <summary>The connection parameters of one call, as they were given.</summary>
internal sealed record ConnectionParameters
{
    /// <summary>The access key's id.</summary>
    public string? AccessKey { get; init; }

    /// <summary>Its secret.</summary>
    public string? SecretKey { get; init; }

    /// <summary>The token of temporary keys.</summary>
    public string? SessionToken { get; init; }

    /// <summary>A profile.</summary>
    public string? ProfileName { get; init; }

    /// <summary>The profile's file.</summary>
    public string? ProfileLocation { get; init; }

    /// <summary>A credential object.</summary>
    public object? Credential { get; init; }

    /// <summary>The region.</summary>
    public string? Region { get; init; }

    /// <summary>The server.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>Says nothing: what it holds is secret.</summary>
    public override string ToString() => nameof(ConnectionParameters);
}
