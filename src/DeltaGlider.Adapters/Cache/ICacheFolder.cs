namespace DeltaGlider.Adapters.Cache;

/// <summary>The folder that a <see cref="FileReferenceStorage"/> works in.</summary>
internal interface ICacheFolder : IDisposable
{
    /// <summary>Where it is; nothing need be there yet.</summary>
    string Path { get; }

    /// <summary>Makes it where it is not there, for this user alone.</summary>
    void Create();
}
