using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Ports;

/// <summary>Hears how far the work is. Called often and from any thread: an implementation thins out what it shows.</summary>
public interface IProgressSink
{
    /// <summary>Tells of bytes done. Must return at once and never throw.</summary>
    void Report(ByteProgress progress);
}
