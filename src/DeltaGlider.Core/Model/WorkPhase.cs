namespace DeltaGlider.Core.Model;

/// <summary>What is being done to an object's bytes.</summary>
public enum WorkPhase
{
    /// <summary>Reading a file to learn its SHA-256.</summary>
    Hashing,

    /// <summary>Fetching a reference.</summary>
    FetchingReference,

    /// <summary>Making a delta.</summary>
    Encoding,

    /// <summary>Decoding a delta again, to prove it before it is stored.</summary>
    Proving,

    /// <summary>Sending bytes to the store.</summary>
    Uploading,

    /// <summary>Taking bytes from the store, and decoding them where they are a delta.</summary>
    Downloading,
}
