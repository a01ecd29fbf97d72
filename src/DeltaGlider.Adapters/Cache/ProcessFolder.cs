using System.Runtime.InteropServices;
using DeltaGlider.Adapters.Common;

namespace DeltaGlider.Adapters.Cache;

/// <summary>
/// A cache folder of this process alone, for entries whose key dies with it. It is made when it is first needed and
/// removed at the end. An open, locked file in it says that its owner lives: the system lets go of it whatever way the
/// process ends, so a folder whose file can be opened is a leftover.
/// </summary>
internal sealed class ProcessFolder : ICacheFolder
{
    private const string Prefix = "deltaglider-cache-";
    private const string LockName = "lock";
    private const int Attempts = 5;

    // Between making the folder and locking the file in it.
    private static readonly TimeSpan Birth = TimeSpan.FromMinutes(1);

    private readonly object _gate = new();
    private readonly string _parent;
    private readonly List<PosixSignalRegistration> _signals = [];
    private FileStream? _lock;
    private bool _disposed;

    /// <summary>Sweeps what dead processes left in <paramref name="parent"/>.</summary>
    public ProcessFolder(string parent)
    {
        _parent = parent;
        Path = NewPath();
        Sweep();
    }

    /// <inheritdoc/>
    public string Path { get; private set; }

    /// <inheritdoc/>
    public void Create()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_lock is not null && File.Exists(LockOf(Path))) return;
            // Not yet made, or taken away by a cleaner of temporary files.
            _lock?.Dispose();
            _lock = Make();
            WatchForTheEnd();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            AppDomain.CurrentDomain.ProcessExit -= OnExit;
            foreach (var signal in _signals) signal.Dispose();
            Clear();
        }
    }

    // As of .NET 10 a terminated process, or one whose terminal was closed, does not raise ProcessExit.
    private void WatchForTheEnd()
    {
        if (_signals.Count > 0) return;
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGHUP })
            _signals.Add(PosixSignalRegistration.Create(signal, _ => Clear()));
    }

    private void OnExit(object? sender, EventArgs e) => Clear();

    // Somebody may see to it that the process goes on all the same: then the folder is made again when it is needed.
    private void Clear()
    {
        lock (_gate)
        {
            if (_lock is null) return;
            Remove(Path, _lock);
            _lock = null;
        }
    }

    private FileStream Make()
    {
        for (var attempt = 1; ; attempt++)
        {
            Path = NewPath();
            PrivateFolder.Create(Path);
            try
            {
                var held = PrivateFolder.CreateFile(LockOf(Path), FileShare.None);
                // A sweep may have come between making the file and locking it.
                if (File.Exists(held.Name)) return held;
                held.Dispose();
            }
            catch (IOException)
            {
                EntryFiles.TryDelete(LockOf(Path));
                EntryFiles.TryDeleteFolder(Path);
                if (attempt == Attempts) throw;
            }
        }
    }

    private string NewPath() => System.IO.Path.Combine(_parent, Prefix + Guid.NewGuid().ToString("n"));

    private static string LockOf(string folder) => System.IO.Path.Combine(folder, LockName);

    private void Sweep()
    {
        try
        {
            foreach (var folder in Directory.EnumerateDirectories(_parent, Prefix + "*")) SweepOne(folder);
        }
        catch (Exception e) when (FileErrors.IsFileSystemError(e))
        {
            // No such parent, or not ours to list.
        }
    }

    private static void SweepOne(string folder)
    {
        try
        {
            if (new DirectoryInfo(folder).LinkTarget is not null) return;
            using var held = new FileStream(LockOf(folder), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1);
            Remove(folder, held);
        }
        catch (FileNotFoundException)
        {
            if (DateTime.UtcNow - Directory.GetLastWriteTimeUtc(folder) > Birth) Remove(folder, null);
        }
        catch (Exception e) when (FileErrors.IsFileSystemError(e))
        {
            // In use, gone, or another user's.
        }
    }

    // Only what this program puts there goes, name by name: nothing is followed that somebody else may have planted.
    private static void Remove(string folder, FileStream? held)
    {
        EntryFiles.RemoveAll(folder);
        held?.Dispose();
        EntryFiles.TryDelete(LockOf(folder));
        EntryFiles.TryDeleteFolder(folder);
    }
}
