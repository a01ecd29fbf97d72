namespace DeltaGlider.Torture.Tests;

/// <summary>What became of a job.</summary>
/// <param name="Job">The job.</param>
/// <param name="Result">ok, the kind of an error, or killed.</param>
/// <param name="Detail">A get's SHA-256, or an error's message.</param>
internal sealed record Outcome(Job Job, string Result, string Detail)
{
    public const string Ok = "ok";
    public const string Killed = "killed";

    public bool IsOk => Result == Ok;
}
