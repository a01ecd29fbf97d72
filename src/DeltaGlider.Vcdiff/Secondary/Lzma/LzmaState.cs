using System.Runtime.CompilerServices;

namespace DeltaGlider.Vcdiff.Secondary.Lzma;

/// <summary>What LZMA remembers of the symbols so far: what the last ones were, and the last four distances.</summary>
internal struct LzmaState
{
    public uint Value;
    public uint Rep0;
    public uint Rep1;
    public uint Rep2;
    public uint Rep3;

    public readonly bool FollowsLiteral => Value < LzmaModel.LiteralStates;

    public readonly uint this[uint place] => place switch { 0 => Rep0, 1 => Rep1, 2 => Rep2, _ => Rep3 };

    /// <summary>Takes account of one more symbol.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply(LzmaStep step)
    {
        if (step.IsLiteral)
        {
            Value = Value < 4 ? 0 : Value < 10 ? Value - 3 : Value - 6;
            return;
        }
        if (step.Code >= LzmaStep.Distances)
        {
            Value = FollowsLiteral ? 7u : 10u;
            (Rep3, Rep2, Rep1, Rep0) = (Rep2, Rep1, Rep0, step.Code - LzmaStep.Distances);
            return;
        }
        if (step is { Code: 0, Length: 1 })
        {
            Value = FollowsLiteral ? 9u : 11u;
            return;
        }
        Value = FollowsLiteral ? 8u : 11u;
        switch (step.Code)
        {
            case 1: (Rep1, Rep0) = (Rep0, Rep1); break;
            case 2: (Rep2, Rep1, Rep0) = (Rep1, Rep0, Rep2); break;
            case 3: (Rep3, Rep2, Rep1, Rep0) = (Rep2, Rep1, Rep0, Rep3); break;
        }
    }
}
