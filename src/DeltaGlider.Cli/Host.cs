namespace DeltaGlider.Cli;

/// <summary>What a run has around it.</summary>
/// <param name="Out">Where results go.</param>
/// <param name="Error">Where errors, progress and the log go.</param>
/// <param name="IsErrorATerminal">Whether somebody watches <paramref name="Error"/>.</param>
/// <param name="Environment">The environment variables; null for one that is not set.</param>
internal sealed record Host(TextWriter Out, TextWriter Error, bool IsErrorATerminal, Func<string, string?> Environment);
