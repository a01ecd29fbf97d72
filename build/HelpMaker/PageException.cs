namespace DeltaGlider.HelpMaker;

/// <summary>A page that is not of the form it should have.</summary>
public sealed class PageException(string file, int line, string message) : Exception(message)
{
    /// <summary>The page.</summary>
    public string File { get; } = file;

    /// <summary>The line, counted from 1.</summary>
    public int Line { get; } = line;
}
