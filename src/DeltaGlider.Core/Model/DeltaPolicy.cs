using System.Collections.Immutable;

namespace DeltaGlider.Core.Model;

/// <summary>What decides whether a file is stored as a delta.</summary>
public sealed record DeltaPolicy
{
    /// <summary>The policy where nothing else is said.</summary>
    public static DeltaPolicy Default { get; } = new();

    /// <summary>
    /// A delta of more than this share of its file is not worth having: the file is stored whole instead. 0 to 1.
    /// </summary>
    public double MaxRatio { get; init; } = 0.5;

    /// <summary>In which format deltas are written.</summary>
    public DeltaFormat Format { get; init; } = DeltaFormat.Vcdiff;

    /// <summary>The endings of file names that are worth a delta, in lower case, each with its dot.</summary>
    public ImmutableHashSet<string> Suffixes { get; init; } =
    [
        ".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".dmg", ".iso", ".pkg", ".deb", ".rpm", ".apk",
        ".jar", ".war", ".ear", ".tar.gz", ".tar.bz2", ".tar.xz",
        ".nupkg", ".snupkg", ".whl", ".vsix", ".msi", ".msix", ".appx", ".cab", ".zst", ".tar.zst",
        ".img", ".vhd", ".vhdx", ".sql", ".dump", ".bak", ".ipa", ".aab",
    ];
}
