using System.Runtime.CompilerServices;

namespace DeltaGlider.Vcdiff.Encode;

/// <summary>
/// Looks for the place where source and target agree again after a small insertion, deletion or replacement, by
/// a short-lived table of the source around the edit. It finds the nearest continuation, which the index of the
/// whole source may not: that one knows few of the places where a common seed occurs.
/// </summary>
internal sealed unsafe class EditFinder
{
    /// <summary>What a continuation must agree on.</summary>
    public const int MinAgreement = 24;

    private const int Seed = 16, TableBits = 11;
    private readonly ushort[] _table = new ushort[1 << TableBits];

    /// <summary>Searches near first, then further: most edits are small.</summary>
    /// <param name="target">The first target byte that disagrees.</param>
    /// <param name="targetLeft">Target bytes from there.</param>
    /// <param name="source">The source byte on the same diagonal.</param>
    /// <param name="sourceBefore">Source bytes before it.</param>
    /// <param name="sourceLeft">Source bytes from there.</param>
    /// <param name="targetSkip">Target bytes before the continuation.</param>
    /// <param name="shift">How much further in the source than in the target the continuation is.</param>
    public bool TryFind(byte* target, long targetLeft, byte* source, long sourceBefore, long sourceLeft, out int targetSkip, out long shift) =>
        TryFind(target, targetLeft, source, sourceBefore, sourceLeft, 128, out targetSkip, out shift) ||
        TryFind(target, targetLeft, source, sourceBefore, sourceLeft, 1024, out targetSkip, out shift);

    private bool TryFind(
        byte* target, long targetLeft, byte* source, long sourceBefore, long sourceLeft, int reach, out int targetSkip, out long shift)
    {
        targetSkip = 0;
        shift = 0;
        var before = (int)Math.Min(sourceBefore, reach);
        var after = (int)Math.Min(sourceLeft - Seed, reach);
        var last = (int)Math.Min(targetLeft - MinAgreement, reach);
        if (after < 0 || last < 0) return false;

        var start = source - before;
        Array.Clear(_table);
        for (var at = 0; at <= before + after; at++) _table[Hash(start + at)] = (ushort)(at + 1);
        for (targetSkip = 0; targetSkip <= last; targetSkip++)
        {
            var entry = _table[Hash(target + targetSkip)];
            if (entry == 0) continue;
            var at = entry - 1;
            var agreed = CommonBytes.Prefix(target + targetSkip, start + at, Math.Min(targetLeft - targetSkip, sourceLeft + before - at));
            if (agreed < MinAgreement) continue;
            shift = at - before - targetSkip;
            return true;
        }
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(byte* at) =>
        (uint)((SeedHash.Load(at) * 0x9E3779B97F4A7C15 + SeedHash.Load(at + 8) * 0xC2B2AE3D27D4EB4F) >> 64 - TableBits);
}
