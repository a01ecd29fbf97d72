namespace DeltaGlider.Core.Model;

/// <summary>A folder of this machine, or what stands for one in S3: a prefix that ends in <c>/</c>, or a bucket.</summary>
public sealed record FolderPlace
{
    private FolderPlace(S3Uri? uri, string? path)
    {
        Uri = uri;
        Path = path;
    }

    /// <summary>The prefix; null for a local folder.</summary>
    public S3Uri? Uri { get; }

    /// <summary>The folder's absolute path; null for a prefix.</summary>
    public string? Path { get; }

    /// <summary>A prefix. It gets the <c>/</c> at its end where it lacks it, so that <c>rel</c> never takes in <c>rel-old/</c>.</summary>
    public static FolderPlace In(S3Uri uri) => new(uri.IsFolderLike ? uri : uri.WithKey(uri.Key + "/"), null);

    /// <summary>A local folder.</summary>
    public static FolderPlace At(string path) => new(null, System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path)));

    /// <summary>The name of something within it, as messages show it.</summary>
    public string NameOf(string name) => Uri is { } uri ? uri.WithKey(uri.Key + name).ToString() : PathOf(name);

    /// <summary>The object of that name.</summary>
    public S3Uri UriOf(string name) => Uri is { } uri ? uri.WithKey(uri.Key + name) : throw new InvalidOperationException($"{this} is not in S3.");

    /// <summary>The file of that name.</summary>
    public string PathOf(string name) => Path is { } path
        ? System.IO.Path.Combine(path, System.IO.Path.DirectorySeparatorChar == '/' ? name : name.Replace('/', System.IO.Path.DirectorySeparatorChar))
        : throw new InvalidOperationException($"{this} is no local folder.");

    /// <inheritdoc/>
    public override string ToString() => Uri?.ToString() ?? Path ?? "";
}
