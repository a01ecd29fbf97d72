using DeltaGlider.Adapters.Cache;
using DeltaGlider.Core.Ports;

namespace DeltaGlider;

/// <summary>
/// What outlasts a call of a cmdlet: the references in memory, so that a loop over files does not fetch theirs anew each
/// time. It belongs to the imports of the module, of which there is one per runspace, and is freed with the last of them.
/// A reference is known by its SHA-256, so it does not matter from which endpoint it came, nor for whom.
/// </summary>
internal sealed class ModuleSession : IDisposable
{
    private static readonly object Gate = new();
    private static readonly HashSet<ModuleSession> Imports = [];
    private static MemoryReferenceCache? _references;
    private static long _bytes;

    private ModuleSession()
    {
    }

    /// <summary>An import of the module; to be disposed when it is removed.</summary>
    public static ModuleSession Open()
    {
        var import = new ModuleSession();
        lock (Gate) Imports.Add(import);
        return import;
    }

    /// <summary>
    /// The references in memory, for one call. Another size than that of the call before begins anew. Without an import
    /// they are the call's own.
    /// </summary>
    public static IReferenceCache Borrow(long bytes)
    {
        lock (Gate)
        {
            if (Imports.Count == 0) return new MemoryReferenceCache(bytes);
            if (_references is null || _bytes != bytes)
            {
                // What is on loan lives until it comes back.
                _references?.Dispose();
                (_references, _bytes) = (new MemoryReferenceCache(bytes), bytes);
            }

            return new BorrowedCache(_references);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (Gate)
        {
            if (!Imports.Remove(this) || Imports.Count > 0) return;
            _references?.Dispose();
            _references = null;
        }
    }
}
