namespace DeltaGlider.Core.Model;

/// <summary>A local file to store.</summary>
public sealed record PutObjectRequest : StoreOptions
{
    /// <summary>A file, stored as is usual.</summary>
    public PutObjectRequest(string sourcePath, S3Uri destination)
    {
        SourcePath = sourcePath;
        Destination = destination;
    }

    /// <summary>A file, stored as <paramref name="options"/> say.</summary>
    public PutObjectRequest(string sourcePath, S3Uri destination, StoreOptions options)
        : base(options)
    {
        SourcePath = sourcePath;
        Destination = destination;
    }

    /// <summary>The file.</summary>
    public string SourcePath { get; init; }

    /// <summary>The key it gets; a bucket or a key that ends in <c>/</c> means "into".</summary>
    public S3Uri Destination { get; init; }
}
