using System.Collections.Immutable;

namespace DeltaGlider.Core.Model;

/// <summary>How files are to be stored.</summary>
public record StoreOptions
{
    /// <summary>Store them whole, whatever their names.</summary>
    public bool NoDelta { get; init; }

    /// <summary>In place of the policy's <see cref="DeltaPolicy.MaxRatio"/>; 0 to 1.</summary>
    public double? MaxRatio { get; init; }

    /// <summary>In place of the policy's <see cref="DeltaPolicy.Format"/>.</summary>
    public DeltaFormat? Format { get; init; }

    /// <summary>The media type; by the file's name where null. A delta is always <c>application/octet-stream</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary>The storage class as S3 names it; null for the bucket's own.</summary>
    public string? StorageClass { get; init; }

    /// <summary>The caller's own metadata.</summary>
    public ImmutableDictionary<string, string> Metadata { get; init; } = ImmutableDictionary<string, string>.Empty;
}
