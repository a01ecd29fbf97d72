using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Base;

/// <summary>
/// Keeps one call from writing over what it has just written: several sources with one key as destination, because the /
/// at its end was forgotten.
/// </summary>
internal sealed class TargetGuard
{
    private readonly Dictionary<string, string> _objects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _files = new(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    /// <summary>Takes a key for <paramref name="source"/>.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.AlreadyExists"/>: this call has used it before.</exception>
    public void ClaimObject(S3Uri target, string source) => Claim(_objects, target.ToString(), source);

    /// <summary>Takes a path for <paramref name="source"/>; where the system tells no case apart, all its spellings.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.AlreadyExists"/>: this call has used it before.</exception>
    public void ClaimFile(string target, string source) => Claim(_files, target, source);

    /// <summary>Refuses a file that is marked read-only, as Copy-Item does.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.FileUnwritable"/>.</exception>
    public static void EnsureWritable(string path)
    {
        if (!new FileInfo(path).IsReadOnly) return;
        throw new DeltaGliderException(ErrorKind.FileUnwritable, path, $"{path} is read-only.")
        {
            Safe = "It is as it was.",
            Advice = "Give -Force to replace it.",
        };
    }

    /// <summary>The error for a file that was changed after what would replace it.</summary>
    public static DeltaGliderException IsNewer(string path, string source) =>
        new(ErrorKind.AlreadyExists, path, $"{path} differs from {source} and is newer.")
        {
            Safe = "It is as it was.",
            Advice = "Give -Force to replace it.",
        };

    /// <summary>Takes the read-only mark off: some systems refuse to rename over a file that has it.</summary>
    public static void MakeWritable(string path)
    {
        var file = new FileInfo(path);
        if (file.IsReadOnly) file.IsReadOnly = false;
    }

    private static void Claim(Dictionary<string, string> claimed, string target, string source)
    {
        string first;
        lock (claimed)
        {
            if (claimed.TryAdd(target, source)) return;
            first = claimed[target];
        }

        throw new DeltaGliderException(ErrorKind.AlreadyExists, target, $"{source} would replace {first}, which this same call copies to {target}.")
        {
            Safe = "It was not copied.",
            Advice = "End the destination with / to copy several things into it.",
        };
    }
}
