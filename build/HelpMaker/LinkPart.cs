namespace DeltaGlider.HelpMaker;

/// <summary>A link at the end of a page.</summary>
/// <param name="Text">What it is called: another cmdlet or topic, mostly.</param>
/// <param name="Target">Where it leads; a file beside the page, or a URL.</param>
public sealed record LinkPart(string Text, string Target);
