namespace DeltaGlider.Deep.Deflate;

/// <summary>Keeps nothing of what is written to it but whether it is what was expected.</summary>
internal sealed class ComparingStream : WriteOnlyStream
{
    private ReadOnlyMemory<byte> _expected;

    public ComparingStream(ReadOnlyMemory<byte> expected) => _expected = expected;

    /// <summary>Everything so far was as expected.</summary>
    public bool IsSame { get; private set; } = true;

    /// <summary>There was something to compare.</summary>
    public bool HasCompared { get; private set; }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        IsSame = IsSame && _expected.Span.StartsWith(buffer);
        HasCompared |= !buffer.IsEmpty;
        if (IsSame) _expected = _expected[buffer.Length..];
    }
}
