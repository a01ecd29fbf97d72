namespace DeltaGlider.Core.Model;

/// <summary>An object to copy from S3 to S3, perhaps from one store to another.</summary>
public sealed record CopyObjectRequest : StoreOptions
{
    /// <summary>An object, stored as <paramref name="options"/> say, or as is usual.</summary>
    public CopyObjectRequest(S3Uri source, S3Uri destination, StoreOptions? options = null)
        : base(options ?? new StoreOptions())
    {
        Source = source;
        Destination = destination;
    }

    /// <summary>The object, by its logical name.</summary>
    public S3Uri Source { get; init; }

    /// <summary>The key it gets; a bucket or a key that ends in <c>/</c> means "into".</summary>
    public S3Uri Destination { get; init; }

    /// <summary>Copy it also where the same content is there already.</summary>
    public bool Always { get; init; }

    /// <summary>The destination is the key itself, whatever it ends in.</summary>
    public bool IsExact { get; init; }
}
