namespace DeltaGlider.Core.Ports;

/// <summary>What a store offers besides keeping objects. A use case asks for the narrowest role it can do with.</summary>
public interface IBucketCare : IPendingUploads, IPresigner, IBuckets;
