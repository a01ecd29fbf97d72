using DeltaGlider.Adapters.Common;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Adapters.Folder;

/// <summary>What the file system says, in the words of the domain.</summary>
internal static class FolderErrors
{
    /// <summary>True for what <see cref="Translate"/> takes.</summary>
    public static bool IsForeign(Exception e) => FileErrors.IsFileSystemError(e) || e is InvalidDataException;

    /// <summary>The error for something that befell <paramref name="uri"/>.</summary>
    public static DeltaGliderException Translate(Exception e, S3Uri uri)
    {
        var subject = uri.ToString();
        return e switch
        {
            _ when FileErrors.IsDiskFull(e) => new(ErrorKind.StoreFull, subject, $"The disk of the folder store is full: '{subject}' was not stored.", e)
            {
                Safe = "What was there before is unchanged.",
                Advice = "Make room on the store's disk, or use another one.",
            },
            _ when e is UnauthorizedAccessException || FileErrors.IsReadOnlyMedium(e) =>
                new(ErrorKind.AccessDenied, subject, $"The system does not allow this on '{subject}': {e.Message}", e)
                {
                    Advice = "Give this user the right to the store's folder.",
                },
            PathTooLongException => new(ErrorKind.InvalidArgument, subject, $"The path of '{subject}' is too long for the system.", e)
            {
                Advice = "Use a folder with a shorter path as the store's root.",
            },
            InvalidDataException => new(ErrorKind.StoreRefused, subject, $"The folder store is damaged at '{subject}': {e.Message}", e),
            _ => new(ErrorKind.StoreUnavailable, subject, $"The folder store failed at '{subject}': {e.Message}", e),
        };
    }

    /// <summary>There is no such bucket.</summary>
    public static DeltaGliderException NoBucket(S3Uri uri, string root) =>
        new(ErrorKind.BucketNotFound, uri.ToString(), $"There is no bucket '{uri.Bucket}' in the folder store '{root}'.")
        {
            Advice = "Check the name, or make the bucket.",
        };
}
