namespace DeltaGlider.Fuzz.Run;

/// <summary>How an execution ended that found nothing: "ok" or the kind of error, the error's words, and the windows reached.</summary>
internal readonly record struct Outcome(string Kind, string Message, int Windows);
