namespace DeltaGlider.Core.Model;

/// <summary>What must hold for a write to take place.</summary>
public enum PutCondition
{
    /// <summary>Replace whatever is there.</summary>
    None,

    /// <summary>
    /// Only where no such key exists: <c>If-None-Match: *</c>
    /// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html).
    /// </summary>
    IfAbsent,
}
