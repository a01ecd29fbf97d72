namespace DeltaGlider.Adapters.Cache;

/// <summary>A cache folder that stays, and that every process of this user with the same key uses.</summary>
/// <param name="parent">The folder that the user named, which is not changed: what is below it is made private.</param>
internal sealed class SharedFolder(string parent) : ICacheFolder
{
    /// <inheritdoc/>
    public string Path { get; } = System.IO.Path.Combine(parent, "references");

    /// <summary>The folder of programs' caches, of this user.</summary>
    public static string DefaultParent()
    {
        if (OperatingSystem.IsWindows())
            return System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "DeltaGlider", "Cache");
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsMacOS()) return System.IO.Path.Combine(home, "Library", "Caches", "DeltaGlider");
        var caches = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        return System.IO.Path.Combine(System.IO.Path.IsPathFullyQualified(caches ?? "") ? caches! : System.IO.Path.Combine(home, ".cache"), "deltaglider");
    }

    /// <inheritdoc/>
    public void Create()
    {
        // Without a home folder there is no place for one; the current folder is none.
        if (!System.IO.Path.IsPathFullyQualified(Path)) throw new IOException("There is no folder for caches; name one in DG_CACHE_DIR.");
        PrivateFolder.Create(Path);
        PrivateFolder.Close(Path);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
