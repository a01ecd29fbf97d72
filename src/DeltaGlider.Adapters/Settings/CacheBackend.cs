namespace DeltaGlider.Adapters.Settings;

/// <summary>Where references are kept when they leave memory.</summary>
public enum CacheBackend
{
    /// <summary>In encrypted files.</summary>
    FileSystem,

    /// <summary>In encrypted memory, and in no file.</summary>
    Memory,
}
