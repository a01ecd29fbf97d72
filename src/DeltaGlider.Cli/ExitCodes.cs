namespace DeltaGlider.Cli;

/// <summary>What a run returns.</summary>
internal static class ExitCodes
{
    /// <summary>All done.</summary>
    public const int Done = 0;

    /// <summary>One or more things failed.</summary>
    public const int Failed = 1;

    /// <summary>All but some that were skipped, as the AWS CLI counts them.</summary>
    public const int Skipped = 2;

    /// <summary>The command line, or the environment, makes no sense.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl+C: 128 and the signal's number, as shells count.</summary>
    public const int Interrupted = 130;

    /// <summary>SIGTERM, in the same way.</summary>
    public const int Terminated = 143;
}
