using DeltaGlider.Core.Errors;

namespace DeltaGlider.Adapters.Codec;

/// <summary>The codec's errors in the domain's kinds. Who calls it knows the object and says the rest.</summary>
internal static class CodecErrors
{
    public static DeltaGliderException Undecodable(Exception e) => new(ErrorKind.DeltaUndecodable, "delta", e.Message, e);

    public static DeltaGliderException CompressionLost(string why, Exception? inner = null) =>
        new(ErrorKind.OriginalCompressionLost, "delta", why, inner);
}
