namespace DeltaGlider.Vcdiff;

/// <summary>A delta that cannot be decoded. Every bad input ends in this exception and in no other.</summary>
public sealed class VcdiffException : Exception
{
    /// <summary>Describes a bad delta.</summary>
    public VcdiffException(VcdiffError kind, string message, long offset, int window, Exception? inner = null)
        : base($"{message} (delta offset {offset}, window {window})", inner)
    {
        Kind = kind;
        Offset = offset;
        Window = window;
    }

    /// <summary>What was wrong.</summary>
    public VcdiffError Kind { get; }

    /// <summary>The byte of the delta at which it was seen.</summary>
    public long Offset { get; }

    /// <summary>The window, counted from 0, in which it was seen; -1 in the file header.</summary>
    public int Window { get; }
}
