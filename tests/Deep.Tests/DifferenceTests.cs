using DeltaGlider.Deep.Coding;
using DeltaGlider.Deep.Difference;
using DeltaGlider.Vcdiff;
using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Deep.Tests;

/// <summary>The difference engine: what is encoded comes back, and programs come out small.</summary>
public class DifferenceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Cases => ["same", "empty source", "empty target", "unrelated", "shifted", "edited", "reversed", "halves", "addresses", "short", "longer", "cut"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_goes_in_comes_out(string name)
    {
        var (source, target) = Make(name);
        Packing.AssertSame(target, Decode(source, Encode(source, target), target.Length), name);
    }

    [Fact]
    public void Random_edits_come_out()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var source = Samples.Of(Samples.Kinds[seed % Samples.Kinds.Length], random.Next(1, 40_000), seed);
            var target = new List<byte>();
            for (var piece = random.Next(1, 30); piece > 0; piece--)
            {
                var from = random.Next(source.Length);
                var bytes = source[from..Math.Min(source.Length, from + random.Next(4000))];
                for (var i = random.Next(60); i > 0 && bytes.Length > 0; i--) bytes[random.Next(bytes.Length)]++;
                target.AddRange(bytes);
                if (random.Next(3) == 0) target.AddRange(Samples.Of("random", random.Next(300), piece));
            }

            Packing.AssertSame(target.ToArray(), Decode(source, Encode(source, [.. target]), target.Count), $"seed {seed}");
        }
    }

    [Fact]
    public void Addresses_that_all_moved_by_the_same_cost_next_to_nothing()
    {
        var (source, target) = Make("addresses");
        // 8,000 numbers of four bytes differ; a byte for each would be 8,000.
        Assert.InRange(Encode(source, target).Length, 1, 4_000);
    }

    [Fact]
    public void The_same_costs_a_few_bytes() => Assert.InRange(Encode(Samples.Of("mix", 500_000), Samples.Of("mix", 500_000)).Length, 1, 32);

    [Fact]
    public void Every_byte_that_is_changed_is_noticed_or_harmless()
    {
        var (source, target) = Make("edited");
        var delta = Encode(source, target);
        for (var at = 0; at < delta.Length; at++)
        {
            foreach (var change in new byte[] { 1, 0x80, 0xFF })
            {
                var damaged = delta.ToArray();
                damaged[at] ^= change;
                try
                {
                    Assert.Equal(target.Length, Decode(source, damaged, target.Length).Length);
                }
                catch (DeepException e)
                {
                    Assert.InRange(e.Offset, 0, delta.Length);
                }
            }
        }
    }

    [Fact]
    public void A_difference_that_is_cut_short_is_refused()
    {
        var (source, target) = Make("edited");
        var delta = Encode(source, target);
        for (var length = 0; length < delta.Length; length++)
            Assert.Throws<DeepException>(() => Decode(source, delta[..length], target.Length));
        Assert.Throws<DeepException>(() => Decode(source, [.. delta, 0], target.Length));
        Assert.Throws<DeepException>(() => Decode(source, delta, target.Length + 1));
        Assert.Throws<DeepException>(() => Decode(source, delta, target.Length - 1));
        Assert.Throws<DeepException>(() => Decode(source[..^1000], delta, target.Length));
    }

    private static (byte[] Source, byte[] Target) Make(string name)
    {
        var text = Samples.Of("text", 100_000);
        return name switch
        {
            "same" => (text, text),
            "empty source" => ([], text),
            "empty target" => (text, []),
            "unrelated" => (text, Samples.Of("random", 50_000, 9)),
            "shifted" => (text, [.. "in front"u8, .. text]),
            "edited" => (text, Archives.Edit(Samples.Of("text", 100_000), 5)),
            "reversed" => (text, [.. text.Reverse()]),
            "halves" => (text, [.. text[50_000..], .. text[..50_000]]),
            "addresses" => (Addresses(0), Addresses(64)),
            "short" => ([1, 2, 3], [1, 2, 4]),
            "longer" => (text, [.. text, .. text]),
            _ => (text, text[100..^100]),
        };
    }

    private static byte[] Addresses(int shift)
    {
        var bytes = Samples.Of("random", 400_000, 4);
        var random = new Random(1);
        for (var at = 0; at + 4 < bytes.Length; at += 50) BitConverter.TryWriteBytes(bytes.AsSpan(at), random.Next(1 << 20) * 256 + shift);
        return bytes;
    }

    private static byte[] Encode(byte[] source, byte[] target)
    {
        using var old = SourceBuffer.CopyOf(source);
        using var fresh = SourceBuffer.CopyOf(target);
        using var output = new NativeBuffer();
        DifferenceEncoder.Encode(old, fresh, new VcdiffEncoder(old).IndexFor(Cancellation), 1 << 24, output, Cancellation);
        return output.Span.ToArray();
    }

    private static unsafe byte[] Decode(byte[] source, byte[] delta, long targetLength)
    {
        using var old = SourceBuffer.CopyOf(source);
        using var target = new MemoryStream();
        fixed (byte* bytes = delta)
        {
            using var decoder = new DifferenceDecoder(old, new ByteCursor(bytes, delta.Length, 0), targetLength, target, Cancellation);
            decoder.Run();
        }

        return target.ToArray();
    }
}
