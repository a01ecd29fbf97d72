namespace DeltaGlider.Core.Model;

/// <summary>What files take, in themselves and in the store.</summary>
public sealed record StorageFigures
{
    /// <summary>Nothing at all.</summary>
    public static StorageFigures None { get; } = new();

    /// <summary>Files stored as deltas.</summary>
    public long Deltas { get; init; }

    /// <summary>Files stored whole.</summary>
    public long Direct { get; init; }

    /// <summary>References.</summary>
    public long References { get; init; }

    /// <summary>The bytes of the files themselves.</summary>
    public long TotalSize { get; init; }

    /// <summary>The bytes of all that is stored for them, references and the older variants of cut-off overwrites included.</summary>
    public long StoredSize { get; init; }

    /// <summary>The bytes of the references, which <see cref="StoredSize"/> includes.</summary>
    public long ReferenceSize { get; init; }

    /// <summary>The bytes of the files stored whole, which both sizes include; 0 where only totals are known.</summary>
    public long DirectSize { get; init; }

    /// <summary>True when the size of some file is not known, and <see cref="TotalSize"/> has a guess for it.</summary>
    public bool IsEstimate { get; init; }

    /// <summary>How many files there are.</summary>
    public long Objects => Deltas + Direct;

    /// <summary>The bytes saved; 0 where storing takes more than the files.</summary>
    public long Saved => Math.Max(0, TotalSize - StoredSize);

    /// <summary>The share saved, 0 to 1; 0 where there is nothing.</summary>
    public double Ratio => TotalSize == 0 ? 0 : (double)Saved / TotalSize;

    /// <summary>Both together.</summary>
    public StorageFigures Plus(StorageFigures other) => new()
    {
        Deltas = Deltas + other.Deltas,
        Direct = Direct + other.Direct,
        References = References + other.References,
        TotalSize = TotalSize + other.TotalSize,
        StoredSize = StoredSize + other.StoredSize,
        ReferenceSize = ReferenceSize + other.ReferenceSize,
        DirectSize = DirectSize + other.DirectSize,
        IsEstimate = IsEstimate || other.IsEstimate,
    };
}
