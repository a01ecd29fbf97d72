using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Rules;

/// <summary>What a copied file is called at its destination, as the AWS CLI's <c>cp</c> names it.</summary>
public static class DestinationNaming
{
    /// <summary>A destination that is a bucket or ends in <c>/</c> means "into"; any other key is the name itself.</summary>
    public static S3Uri ForUpload(string fileName, S3Uri destination) =>
        destination.IsFolderLike ? destination.WithKey(destination.Key + fileName) : destination;

    /// <summary>A destination that is an existing folder, or ends in a separator, means "into".</summary>
    /// <param name="source">The object.</param>
    /// <param name="destination">The path as the user gave it.</param>
    /// <param name="isExistingFolder">Whether a folder is there.</param>
    public static string ForDownload(S3Uri source, string destination, bool isExistingFolder) =>
        isExistingFolder || Path.EndsInDirectorySeparator(destination) || destination.EndsWith('/')
            ? Path.Combine(destination, FileNameOf(source))
            : destination;

    /// <summary>The object's last segment, which has to be a file name that leads nowhere else.</summary>
    /// <exception cref="Errors.DeltaGliderException"><see cref="Errors.ErrorKind.InvalidArgument"/> for a name such as <c>..</c>.</exception>
    private static string FileNameOf(S3Uri source)
    {
        var name = source.Name;
        if (name is "" or "." or ".." || name.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) >= 0 || name.Contains('\\', StringComparison.Ordinal) || name.Contains('\0', StringComparison.Ordinal))
            throw Errors.Fail.InvalidArgument(source.ToString(), $"The last part of the key of {source} is no file name here.", "Give the destination file a name of its own.");
        return name;
    }
}
