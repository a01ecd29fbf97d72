using System.Text;
using DeltaGlider.Adapters.Common;
using DeltaGlider.Core.Errors;

namespace DeltaGlider.Adapters.Folder;

/// <summary>
/// The right to change a key, between threads and processes. It is an open file that nobody else may open (flock on
/// Unix, no sharing on Windows), so the system gives it back when its holder dies. While held, the file names the key:
/// whoever finds a name there afterwards tidies up behind a dead holder.
/// </summary>
internal sealed class KeyLock : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FileStream _file;

    private KeyLock(FileStream file) => _file = file;

    /// <summary>Waits for the lock of a key.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.StoreUnavailable"/> after half a minute.</exception>
    public static async ValueTask<KeyLock> AcquireAsync(BucketLayout bucket, string key, string subject, CancellationToken cancellationToken)
    {
        var path = bucket.LockOf(key);
        var deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryOpen(path, FileMode.OpenOrCreate) is { } file) return Held(bucket, file, key);
            if (Environment.TickCount64 > deadline)
            {
                throw new DeltaGliderException(
                    ErrorKind.StoreUnavailable, subject, $"'{subject}' cannot be changed: for {Patience.TotalSeconds:0} seconds another process has held '{path}'.");
            }

            await Task.Delay(Random.Shared.Next(1, 12), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Tidies up behind a holder of the lock file who died, if that is what is to be seen.</summary>
    public static void Inspect(BucketLayout bucket, string path)
    {
        if (new FileInfo(path) is not { Exists: true, Length: > 0 }) return;
        using var file = TryOpen(path, FileMode.Open);
        if (file is null) return;
        TidyBehindTheDead(bucket, file);
        file.SetLength(0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _file.SetLength(0);
        }
        catch (Exception e) when (FileErrors.IsFileSystemError(e))
        {
            // The name stays: the next holder looks after the key once more, and finds nothing to do.
        }

        _file.Dispose();
    }

    private static KeyLock Held(BucketLayout bucket, FileStream file, string key)
    {
        try
        {
            TidyBehindTheDead(bucket, file);
            file.SetLength(0);
            file.Write(Encoding.UTF8.GetBytes(key));
            file.Flush();
            return new KeyLock(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static void TidyBehindTheDead(BucketLayout bucket, FileStream file)
    {
        if (file.Length is 0 or > 4096) return;
        var name = new byte[file.Length];
        file.Position = 0;
        file.ReadExactly(name);
        file.Position = 0;
        Leftovers.Tidy(bucket, Encoding.UTF8.GetString(name));
    }

    private static FileStream? TryOpen(string path, FileMode mode)
    {
        try
        {
            return new FileStream(path, mode, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException)
        {
            // .NET asks which of the two it is only after the attempt, when another may have made the folder already.
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return null;
        }
        catch (IOException e) when (FileErrors.IsInUse(e))
        {
            return null;
        }
    }
}
