using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Adapters.Folder;

/// <summary>
/// Removes the folder of an empty bucket. It is moved out of the way first, so that nobody can write into it any more, and
/// looked at again there.
/// </summary>
internal static class BucketRemover
{
    /// <summary>Removes it.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.BucketNotEmpty"/>.</exception>
    public static void Remove(BucketLayout bucket, S3Uri uri, string root)
    {
        ThrowIfNotEmpty(bucket, uri);

        // A dot at the start: no bucket is called so.
        var aside = Path.Combine(root, $".{uri.Bucket}.{Guid.NewGuid():n}");
        Directory.Move(bucket.Path, aside);
        try
        {
            ThrowIfNotEmpty(new BucketLayout(aside), uri);
            Directory.Delete(aside, recursive: true);
        }
        catch when (Directory.Exists(aside) && !Directory.Exists(bucket.Path))
        {
            Directory.Move(aside, bucket.Path);
            throw;
        }
    }

    private static void ThrowIfNotEmpty(BucketLayout bucket, S3Uri uri)
    {
        if (HasFiles(bucket.Meta) || HasFiles(bucket.Long)) throw Fail.BucketNotEmpty(uri);
        var stranger = Directory.EnumerateFiles(bucket.Path, "*", SearchOption.AllDirectories)
            .FirstOrDefault(file => !file.StartsWith(Path.Combine(bucket.Path, BucketLayout.OwnFolder) + Path.DirectorySeparatorChar, StringComparison.Ordinal));
        if (stranger is null) return;
        throw new DeltaGliderException(ErrorKind.BucketNotEmpty, uri.ToString(), $"The folder of {uri} has files that are no objects of the store, such as {Path.GetFileName(stranger)}.")
        {
            Safe = "Nothing was removed.",
            Advice = "Move them elsewhere first.",
        };
    }

    private static bool HasFiles(string folder) => Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Any();
}
