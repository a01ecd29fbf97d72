namespace DeltaGlider.TestKit;

/// <summary>The calls of a store.</summary>
public enum StoreVerb
{
    /// <summary>Describes an object.</summary>
    Find,

    /// <summary>Opens an object's bytes.</summary>
    Open,

    /// <summary>Asks for a page of a listing.</summary>
    List,

    /// <summary>Writes an object.</summary>
    Put,

    /// <summary>Removes an object.</summary>
    Delete,
}
