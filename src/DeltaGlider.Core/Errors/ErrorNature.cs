namespace DeltaGlider.Core.Errors;

/// <summary>Whether trying again can help.</summary>
public enum ErrorNature
{
    /// <summary>The same call will fail again until something is changed.</summary>
    Permanent,

    /// <summary>The same call may well succeed later.</summary>
    Transient,
}
