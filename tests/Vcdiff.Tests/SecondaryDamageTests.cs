namespace DeltaGlider.Vcdiff.Tests;

/// <summary>Damaged deltas with compressed sections: a right answer or a <see cref="VcdiffException"/>, nothing else.</summary>
public class SecondaryDamageTests
{
    private static readonly byte[] Source = SecondaryVectorTests.Read("small.source");

    private static readonly VcdiffLimits Limits =
        new() { MaxWindowBytes = 1 << 20, MaxSectionBytes = 1 << 20, MaxTargetBytes = 1 << 22 };

    public static TheoryData<string> Names() => ["small.lzma", "small.djw", "small.fgk", "chunks.lzma"];

    [Theory, MemberData(nameof(Names))]
    public void Cut_short_anywhere(string name)
    {
        var delta = SecondaryVectorTests.Read(name + ".delta");
        var target = SecondaryVectorTests.Read(name.Split('.')[0] + ".target");
        for (var length = 0; length < delta.Length; length++)
            if (TryDecode(delta[..length], out var decoded))
                Codec.AssertSame(target[..decoded.Length], decoded); // Cut between two windows.
    }

    [Theory, MemberData(nameof(Names))]
    public void Any_bit_changed(string name)
    {
        var delta = SecondaryVectorTests.Read(name + ".delta");
        var target = SecondaryVectorTests.Read(name.Split('.')[0] + ".target");
        for (var at = 0; at < delta.Length; at++)
            for (var bit = 1; bit < 256; bit <<= 1)
            {
                delta[at] ^= (byte)bit;
                if (TryDecode(delta, out var decoded)) Codec.AssertSame(target, decoded);
                delta[at] ^= (byte)bit;
            }
    }

    [Theory, MemberData(nameof(Names))]
    public void Sections_swapped_for_noise(string name)
    {
        var delta = SecondaryVectorTests.Read(name + ".delta");
        var random = new Random(11);
        for (var round = 0; round < 2000; round++)
        {
            var damaged = delta.ToArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                var at = random.Next(6, damaged.Length);
                random.NextBytes(damaged.AsSpan(at, Math.Min(random.Next(1, 60), damaged.Length - at)));
            }
            // Without the checksum in the way, whatever comes out is an answer.
            TryDecode(damaged, out _);
        }
    }

    /// <summary>A section of a few bytes that says it expands to all that the limit allows.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    public void A_huge_declared_size_takes_no_memory_and_no_time(byte compressor)
    {
        var size = DeltaBuilder.Varint(VcdiffLimits.Default.MaxSectionBytes);
        var tooLarge = DeltaBuilder.Varint(VcdiffLimits.Default.MaxSectionBytes + 1);
        byte[] rest = compressor == 2 ? SecondaryVectorTests.Read("chunks.lzma.delta")[22..60] : [0, 0, 0, 0, 0, 0, 0, 0];
        var before = Environment.WorkingSet;
        foreach (var declared in new[] { size, tooLarge })
        {
            var delta = new DeltaBuilder(1, compressor).Window(1000, [.. declared, .. rest], [1, .. DeltaBuilder.Varint(1000)], [], deltaIndicator: 1);
            var thrown = Assert.Throws<VcdiffException>(() => Codec.Decode([], delta.ToArray()));
            Assert.Equal(declared == size ? VcdiffError.Malformed : VcdiffError.LimitExceeded, thrown.Kind);
        }
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 40_000_000);
    }

    private static bool TryDecode(byte[] delta, out byte[] target)
    {
        target = [];
        try
        {
            target = Codec.Decode(Source, delta, Limits);
            return true;
        }
        catch (VcdiffException)
        {
            return false;
        }
    }
}
