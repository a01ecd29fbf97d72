using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Ports;

/// <summary>A reference on loan from a <see cref="IReferenceCache"/>.</summary>
public sealed class ReferenceLease : IDisposable
{
    private Action? _release;

    /// <summary>Lends <paramref name="reference"/>; <paramref name="release"/> is called once, at the end.</summary>
    public ReferenceLease(Sha256Digest sha256, IDeltaReference reference, Action release)
    {
        Sha256 = sha256;
        Reference = reference;
        _release = release;
    }

    /// <summary>The SHA-256 of the reference's bytes, checked when they were loaded.</summary>
    public Sha256Digest Sha256 { get; }

    /// <summary>The reference; valid until the lease is disposed.</summary>
    public IDeltaReference Reference { get; }

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
