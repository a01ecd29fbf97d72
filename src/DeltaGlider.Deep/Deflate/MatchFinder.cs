using System.Numerics;
using System.Runtime.CompilerServices;

namespace DeltaGlider.Deep.Deflate;

/// <summary>Follows a hash chain to the longest match.</summary>
internal sealed class MatchFinder
{
    private readonly DeflateWindow _window;
    private readonly DeflateParameters _parameters;

    public MatchFinder(DeflateWindow window, DeflateParameters parameters)
    {
        _window = window;
        _parameters = parameters;
    }

    /// <summary>How far back the match is that was found last. Not where: a window that slides in between would spoil that.</summary>
    public int Distance { get; private set; }

    /// <summary>Earlier places looked at so far: what nearly all of an encoder's time goes into where it takes long.</summary>
    public long Looked { get; private set; }

    /// <summary>True when a search from the present position may begin at <paramref name="candidate"/>.</summary>
    public bool CanSearch(int candidate) =>
        candidate != 0 && _window.Position - candidate <= DeflateWindow.MaxDistance
        && (!_parameters.LooksPastEnd || _window.Position <= DeflateWindow.Size * 2 - DeflateWindow.MinLookahead);

    /// <summary>
    /// Searches for a match longer than <paramref name="atLeast"/>, from the nearest on; the first of several equally long
    /// ones wins. Never longer than the input goes on.
    /// </summary>
    /// <returns>The length; <paramref name="atLeast"/> or less when there is none, and <see cref="Distance"/> is then as before.</returns>
    public int Find(int candidate, int atLeast)
    {
        var position = _window.Position;
        var lookahead = _window.Lookahead;
        var chain = atLeast >= _parameters.GoodLength ? _parameters.MaxChain >> 2 : _parameters.MaxChain;
        var allowed = chain;
        var nice = _parameters.NiceLength;
        if (!_parameters.LooksPastEnd && !_parameters.StopsPastEnd) nice = Math.Min(nice, lookahead);
        var limit = Math.Max(position - DeflateWindow.MaxDistance, 0);
        var best = atLeast;

        ref var first = ref _window.First;
        ref var here = ref Unsafe.Add(ref first, position);
        var start = Unsafe.ReadUnaligned<ushort>(ref here);
        var end = Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref here, best - 1));
        do
        {
            ref var there = ref Unsafe.Add(ref first, candidate);
            if (Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref there, best - 1)) != end
                || Unsafe.ReadUnaligned<ushort>(ref there) != start)
            {
                continue;
            }

            var length = CommonLength(ref here, ref there);
            if (length <= best) continue;
            Distance = position - candidate;
            best = length;
            if (length >= nice || (_parameters.StopsPastEnd && length > lookahead)) break;
            end = Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref here, best - 1));
        }
        // Where positions are not noted in order, a chain may lead ahead: it ends there.
        while ((candidate = _window.Before(candidate)) > limit && candidate < position && --chain != 0);

        Looked += allowed - chain + 1;
        return Math.Min(best, lookahead);
    }

    private static int CommonLength(ref byte here, ref byte there)
    {
        // The first two bytes are known to be equal; 2 + 32 * 8 is exactly the longest match.
        for (var at = 2; at < DeflateFormat.MaxMatch; at += 8)
        {
            var difference = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref here, at)) ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref there, at));
            if (difference == 0) continue;
            return at + (BitConverter.IsLittleEndian ? BitOperations.TrailingZeroCount(difference) : BitOperations.LeadingZeroCount(difference)) / 8;
        }

        return DeflateFormat.MaxMatch;
    }
}
