namespace DeltaGlider.Core.Ports;

/// <summary>A store in all its roles. A use case asks for the narrowest role it can do with.</summary>
public interface IObjectStore : IObjectReader, IObjectWriter, IObjectRemover;
