namespace DeltaGlider.Deep.Deflate;

/// <summary>Keeps nothing of what is written to it but how far it is what was expected.</summary>
internal sealed class ComparingStream : WriteOnlyStream
{
    private readonly ReadOnlyMemory<byte> _expected;
    private readonly bool _mayGoOn;

    /// <param name="expected">What should be written.</param>
    /// <param name="mayGoOn">Something else follows in <paramref name="expected"/>.</param>
    public ComparingStream(ReadOnlyMemory<byte> expected, bool mayGoOn)
    {
        _expected = expected;
        _mayGoOn = mayGoOn;
    }

    /// <summary>How many bytes from the first on were as expected.</summary>
    public int Equal { get; private set; }

    /// <summary>Everything so far was as expected.</summary>
    public bool IsSame { get; private set; } = true;

    /// <summary>Everything expected has come, and nothing else.</summary>
    public bool IsComplete => IsSame && (_mayGoOn || Equal == _expected.Length);

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!IsSame) return;
        var same = _expected.Span[Equal..].CommonPrefixLength(buffer);
        Equal += same;
        IsSame = same == buffer.Length;
    }
}
