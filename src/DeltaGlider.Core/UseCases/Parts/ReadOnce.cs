using System.Diagnostics.CodeAnalysis;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>One reading, made by the first who asks and waited for by the others; one that fails is made anew by the next.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore nobody has asked for its handle holds nothing to free.")]
internal sealed class ReadOnce
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private Sha256Digest? _sha256;

    /// <summary>What was read; <paramref name="read"/> says whether it may be remembered.</summary>
    public async ValueTask<Sha256Digest> GetAsync(Func<ValueTask<(Sha256Digest Sha256, bool Lasts)>> read, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_sha256 is { } known) return known;
            var (sha256, lasts) = await read().ConfigureAwait(false);
            if (lasts) _sha256 = sha256;
            return sha256;
        }
        finally
        {
            _turn.Release();
        }
    }
}
