namespace DeltaGlider.Adapters.Folder;

/// <summary>One entry of a listing before its description is read.</summary>
/// <param name="Name">The key, or the common prefix.</param>
/// <param name="SidecarPath">The key's sidecar; null for a common prefix.</param>
internal readonly record struct ListedName(string Name, string? SidecarPath);
