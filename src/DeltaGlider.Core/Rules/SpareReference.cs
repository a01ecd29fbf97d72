using System.Security.Cryptography;
using System.Text;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Rules;

/// <summary>
/// Where a reference is kept while it is being removed: <c>.deltaglider/tmp/&lt;32 hex&gt;_reference.bin</c>, one place per
/// deltaspace. The copy is also the right to remove: who could create it may, and nobody else.
/// </summary>
public static class SpareReference
{
    private const int NameLength = 32;

    /// <summary>The spare reference of a deltaspace.</summary>
    public static S3Uri Of(DeltaSpace space)
    {
        var name = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(space.Prefix))).ToLowerInvariant()[..NameLength];
        return new S3Uri(space.Bucket, $"{TemporaryKeys.Prefix}{name}_{DeltaSpace.ReferenceName}");
    }
}
