using System.Collections.Immutable;
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
    private const string RightName = "dg-right";

    /// <summary>A reference's metadata as a spare has it: with a mark that no other attempt to create one has.</summary>
    public static ImmutableDictionary<string, string> Mark(ImmutableDictionary<string, string> reference, string right) => reference.SetItem(RightName, right);

    /// <summary>A spare's metadata as the reference has it.</summary>
    public static ImmutableDictionary<string, string> Unmark(ImmutableDictionary<string, string> spare) => spare.Remove(RightName);

    /// <summary>True when the spare was created with that mark.</summary>
    public static bool Has(StoredObject spare, string right) => spare.Metadata.GetValueOrDefault(RightName) == right;

    /// <summary>The spare reference of a deltaspace.</summary>
    public static S3Uri Of(DeltaSpace space) => TemporaryOf(space, DeltaSpace.ReferenceName);

    /// <summary>A temporary object of which there is one per deltaspace.</summary>
    internal static S3Uri TemporaryOf(DeltaSpace space, string what)
    {
        var name = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(space.Prefix))).ToLowerInvariant()[..NameLength];
        return new S3Uri(space.Bucket, $"{TemporaryKeys.Prefix}{name}_{what}");
    }
}
