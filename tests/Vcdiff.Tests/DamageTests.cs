namespace DeltaGlider.Vcdiff.Tests;

/// <summary>Real deltas, damaged everywhere: a right answer or a <see cref="VcdiffException"/>, never anything else.</summary>
public class DamageTests
{
    private static readonly byte[] Source = Samples.Text(6000);
    private static readonly byte[] Target = [.. Samples.Edit(Source, 25), .. new byte[100], .. Samples.Text(400, 9)];

    public static TheoryData<bool> ChecksumOrNot() => [true, false];

    [Theory, MemberData(nameof(ChecksumOrNot))]
    public void Cut_short_anywhere(bool checksum)
    {
        var options = new VcdiffEncoderOptions { WindowSize = 2048, Checksum = checksum };
        var delta = Codec.Encode(Source, Target, options);
        var whole = 0;
        for (var length = 0; length < delta.Length; length++)
        {
            if (!TryDecode(delta[..length], out var target)) continue;
            // Cut between two windows: a valid, shorter delta.
            Assert.Equal(0, target.Length % 2048);
            Assert.True(target.AsSpan().SequenceEqual(Target.AsSpan(0, target.Length)));
            whole++;
        }
        Assert.Equal((Target.Length - 1) / 2048, whole);
    }

    [Theory, MemberData(nameof(ChecksumOrNot))]
    public void Any_byte_changed(bool checksum)
    {
        var delta = Codec.Encode(Source, Target, new() { WindowSize = 2048, Checksum = checksum });
        var random = new Random(3);
        for (var at = 0; at < delta.Length; at++)
            foreach (var value in new[] { 0, 0x7F, 0x80, 0xFF, delta[at] ^ 1, delta[at] + 1, random.Next(256) })
            {
                if (delta[at] == (byte)value) continue;
                var damaged = delta.ToArray();
                damaged[at] = (byte)value;
                var decoded = TryDecode(damaged, out var target);
                if (checksum && decoded) Assert.True(target.AsSpan().SequenceEqual(Target), $"byte {at} set to {value} decodes to something else");
            }
    }

    [Fact]
    public void Bytes_removed_inserted_and_swapped_around()
    {
        var delta = Codec.Encode(Source, Target, new() { WindowSize = 1024, Checksum = false });
        var random = new Random(4);
        for (var round = 0; round < 3000; round++)
        {
            var damaged = delta.ToList();
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                var at = random.Next(5, damaged.Count);
                switch (random.Next(4))
                {
                    case 0: damaged.RemoveRange(at, Math.Min(random.Next(1, 9), damaged.Count - at)); break;
                    case 1: damaged.InsertRange(at, Samples.Random(random.Next(1, 9), random.Next())); break;
                    case 2: damaged.InsertRange(at, damaged.GetRange(5, random.Next(1, 40))); break;
                    default: damaged[at] = (byte)random.Next(256); break;
                }
                if (damaged.Count < 50) break;
            }
            TryDecode([.. damaged], out _);
        }
    }

    /// <summary>False for a <see cref="VcdiffException"/>; anything else goes through and fails the test.</summary>
    private static bool TryDecode(byte[] delta, out byte[] target)
    {
        target = [];
        try
        {
            target = Codec.Decode(Source, delta, new VcdiffLimits { MaxWindowBytes = 1 << 20, MaxTargetBytes = 1 << 22 });
            return true;
        }
        catch (VcdiffException)
        {
            return false;
        }
    }
}
