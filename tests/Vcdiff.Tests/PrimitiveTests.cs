using System.Text;
using DeltaGlider.Vcdiff.Checksum;
using DeltaGlider.Vcdiff.Encode;

namespace DeltaGlider.Vcdiff.Tests;

/// <summary>The vectorized helpers against their plain twins, at every length and alignment that matters.</summary>
public unsafe class PrimitiveTests
{
    [Fact]
    public void Adler32_of_a_known_text() => Assert.Equal(0x11E60398u, Adler32.Compute(Encoding.ASCII.GetBytes("Wikipedia")));

    [Fact]
    public void Vectorized_adler32_equals_scalar()
    {
        var random = Samples.Random(70_000);
        var high = Enumerable.Repeat((byte)0xFF, 70_000).ToArray(); // the sums that overflow first
        foreach (var bytes in new[] { random, high })
            foreach (var length in Enumerable.Range(0, 200).Concat([5519, 5520, 5536, 5552, 5553, 11_104, 65_536, 70_000]))
                for (var start = 0; start < 3 && start + length <= bytes.Length; start++)
                {
                    var span = bytes.AsSpan(start, length);
                    foreach (var initial in new[] { Adler32.Initial, 0xFFF0FFF0u })
                        Assert.Equal(Adler32.ComputeScalar(span, initial), Adler32.ComputeVectorized(span, initial));
                }
    }

    [Fact]
    public void Common_prefix_and_suffix_stop_at_the_first_difference()
    {
        var a = Samples.Random(700);
        for (var length = 0; length <= 600; length += length < 80 ? 1 : 37)
            for (var differs = 0; differs <= length; differs += differs < 80 ? 1 : 23)
            {
                var b = a.ToArray();
                b[3 + differs] ^= 1; // differs == length lies just outside and must not be seen
                fixed (byte* x = a, y = b)
                {
                    Assert.Equal(differs, CommonBytes.PrefixVectorized(x + 3, y + 3, length));
                    Assert.Equal(differs, CommonBytes.PrefixScalar(x + 3, y + 3, 0, length));
                    Assert.Equal(differs, CommonBytes.Prefix(x + 3, y + 3, length));
                    var end = 3 + differs + 1 + length; // `length` bytes before the end agree, then one differs
                    if (end > 700) continue;
                    Assert.Equal(length, CommonBytes.Suffix(x + end, y + end, length));
                    Assert.Equal(length, CommonBytes.Suffix(x + end, y + end, length + 1));
                }
            }
    }
}
