namespace DeltaGlider.Core.Ports;

/// <summary>A file or folder of the machine.</summary>
/// <param name="FullPath">Its absolute path.</param>
/// <param name="IsFolder">True for a folder.</param>
/// <param name="Length">Its bytes; 0 for a folder.</param>
/// <param name="Modified">When its content last changed.</param>
public sealed record LocalFile(string FullPath, bool IsFolder, long Length, DateTimeOffset Modified);
