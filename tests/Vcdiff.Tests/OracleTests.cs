namespace DeltaGlider.Vcdiff.Tests;

/// <summary>Many small random pairs through xdelta3, with its options varied.</summary>
public class OracleTests
{
    private static (byte[] Source, byte[] Target) Pair(int round)
    {
        var random = new Random(round);
        var length = random.Next(0, 120_000);
        var source = (round % 3) switch
        {
            0 => Samples.Random(length, round),
            1 => Samples.Text(length, round),
            _ => Samples.Random(length, round).Select(value => (byte)(value % 3)).ToArray(),
        };
        return (source, Samples.Edit(source, random.Next(80), round, random.Next(2, 2000)));
    }

    [Fact]
    public void Xdelta3_reads_what_we_write()
    {
        using var xdelta = new Xdelta();
        for (var round = 0; round < 100; round++)
        {
            var (source, target) = Pair(round);
            var options = new VcdiffEncoderOptions
            {
                WindowSize = 1024 << round % 15, Checksum = round % 5 != 0,
                Level = (VcdiffLevel)(round % 3), SecondaryCompression = round % 7 != 0,
            };
            Codec.AssertSame(target, xdelta.Decode(source, Codec.Encode(source, target, options)));
        }
    }

    [Fact]
    public void We_read_what_xdelta3_writes()
    {
        using var xdelta = new Xdelta();
        for (var round = 0; round < 100; round++)
        {
            var (source, target) = Pair(round);
            string[] options =
            [
                $"-{round % 9 + 1}", "-S", "none", "-W", $"{16384 << round % 4}", "-B", $"{524288 << round % 3}",
                .. round % 2 == 0 ? new[] { "-n" } : [], round % 4 == 0 ? "-A=" : $"-A=a name {round}//",
            ];
            Codec.AssertSame(target, Codec.Decode(source, xdelta.Encode(source, target, options)));
        }
    }
}
