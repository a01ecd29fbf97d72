namespace DeltaGlider.Vcdiff.Tests;

/// <summary>Short ways through the public API.</summary>
internal static class Codec
{
    public static byte[] Encode(byte[] source, byte[] target, VcdiffEncoderOptions? options = null)
    {
        using var buffer = SourceBuffer.CopyOf(source);
        return Encode(new VcdiffEncoder(buffer, options), target);
    }

    public static byte[] Encode(VcdiffEncoder encoder, byte[] target)
    {
        var delta = new MemoryStream();
        var result = encoder.EncodeAsync(new MemoryStream(target), delta).AsTask().GetAwaiter().GetResult();
        Assert.Equal(target.Length, result.TargetBytes);
        Assert.Equal(delta.Length, result.DeltaBytes);
        Assert.Equal(target.Length, result.CopiedBytes + result.RepeatedBytes + result.LiteralBytes);
        return delta.ToArray();
    }

    public static byte[] Decode(byte[] source, byte[] delta, VcdiffLimits? limits = null) => Decode(source, delta, out _, limits);

    public static byte[] Decode(byte[] source, byte[] delta, out VcdiffDecodeResult result, VcdiffLimits? limits = null)
    {
        using var buffer = SourceBuffer.CopyOf(source);
        var target = new MemoryStream();
        result = new VcdiffDecoder(buffer, limits).DecodeAsync(new MemoryStream(delta), target).AsTask().GetAwaiter().GetResult();
        Assert.Equal(target.Length, result.TargetBytes);
        return target.ToArray();
    }

    /// <summary>Bytes that say where they differ, without printing megabytes.</summary>
    public static void AssertSame(byte[] expected, byte[] actual)
    {
        var common = expected.AsSpan().CommonPrefixLength(actual);
        if (common != expected.Length || common != actual.Length)
            Assert.Fail($"Expected {expected.Length} bytes, got {actual.Length}; they differ from byte {common} on.");
    }
}
