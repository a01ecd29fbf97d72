namespace DeltaGlider.Core.Model;

/// <summary>What can be granted on a bucket.</summary>
public enum AclRight
{
    /// <summary>All of the others.</summary>
    FullControl,

    /// <summary>List its objects.</summary>
    Read,

    /// <summary>Read the list of grants.</summary>
    ReadAcp,

    /// <summary>Create, replace and remove objects.</summary>
    Write,

    /// <summary>Change the list of grants.</summary>
    WriteAcp,
}
