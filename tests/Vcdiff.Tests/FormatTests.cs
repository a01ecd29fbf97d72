using DeltaGlider.Vcdiff.Format;

namespace DeltaGlider.Vcdiff.Tests;

public unsafe class FormatTests
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(127, "7F")]
    [InlineData(128, "8100")]
    [InlineData(123456789, "BAEF9A15")] // the RFC's own example
    [InlineData(long.MaxValue, "FFFFFFFFFFFFFFFF7F")]
    public void Varints_are_the_rfcs(long value, string hex)
    {
        var bytes = stackalloc byte[16];
        var length = Varint.Write(bytes, value);
        Assert.Equal(hex, Convert.ToHexString(new ReadOnlySpan<byte>(bytes, length)));
        Assert.Equal(length, Varint.Length(value));
        Assert.Equal(value, Read(Convert.FromHexString(hex)));
    }

    [Theory]
    [InlineData("8001")] // padded
    [InlineData("80")]
    [InlineData("818080808080808080808000")] // 2^70
    [InlineData("81808080808080808000")] // 2^63
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFF7F")]
    public void Padded_and_oversized_varints_are_refused(string hex) => Assert.Null(Read(Convert.FromHexString(hex)));

    [Fact]
    public void Opcodes_of_the_encoder_mean_what_the_table_says()
    {
        var rows = CodeTable.Default;
        Assert.Equal(256, rows.Length);
        Assert.Equal(new CodeTableEntry(InstructionType.Run, 0, 0, InstructionType.None, 0, 0), rows[CodeTable.Run]);
        var reached = new HashSet<int> { CodeTable.Run, 1 };
        for (var size = 1; size < 300; size++)
        {
            var inline = (byte)(size <= 17 ? size : 0);
            Assert.Equal(new CodeTableEntry(InstructionType.Add, inline, 0, InstructionType.None, 0, 0), rows[CodeTable.Add(size)]);
            reached.Add(CodeTable.Add(size));
            for (var mode = 0; mode < 9; mode++)
            {
                var copy = CodeTable.Copy(size, mode);
                inline = (byte)(size is >= 4 and <= 18 ? size : 0);
                Assert.Equal(new CodeTableEntry(InstructionType.Copy, inline, (byte)mode, InstructionType.None, 0, 0), rows[copy]);
                reached.Add(copy);
                for (var add = 1; add < 7; add++)
                {
                    if (CodeTable.AddThenCopy(add, size, mode) is var pair and >= 0)
                    {
                        Assert.Equal(new CodeTableEntry(InstructionType.Add, (byte)add, 0, InstructionType.Copy, (byte)size, (byte)mode), rows[pair]);
                        reached.Add(pair);
                    }
                    if (CodeTable.CopyThenAdd(size, mode, add) is var other and >= 0)
                    {
                        Assert.Equal(new CodeTableEntry(InstructionType.Copy, (byte)size, (byte)mode, InstructionType.Add, (byte)add, 0), rows[other]);
                        reached.Add(other);
                    }
                }
            }
        }
        Assert.Equal(256, reached.Count); // no row is out of the encoder's reach
    }

    [Fact]
    public void Every_address_comes_back_through_the_cache_and_never_costs_more_than_itself()
    {
        var random = new Random(5);
        var writing = new AddressCache();
        var reading = new AddressCache();
        var used = new HashSet<int>();
        var previous = 0L;
        for (var here = 1L; here < 200_000; here += random.Next(1, 40))
        {
            var address = random.Next(4) switch
            {
                0 => random.NextInt64(here),
                1 => Math.Max(0, here - random.Next(1, 300)),
                2 => previous,
                _ => Math.Min(here - 1, previous + random.Next(200)),
            };
            address = Math.Min(address, here - 1);
            var mode = writing.Choose(address, here, out var encoded);
            used.Add(mode);
            var decoded = mode >= AddressCache.FirstSame ? reading.ResolveSame(mode, (byte)encoded) : reading.Resolve(mode, encoded, here);
            reading.Update(decoded);
            Assert.Equal(address, decoded);
            var cost = mode >= AddressCache.FirstSame ? 1 : Varint.Length(encoded);
            Assert.InRange(cost, 1, Math.Min(Varint.Length(address), Varint.Length(here - address)));
            if (random.Next(5) == 0) previous = address;
        }
        Assert.Equal(9, used.Count);
    }

    private static long? Read(byte[] bytes)
    {
        long value = 0;
        var digits = 0;
        foreach (var next in bytes)
        {
            if (!Varint.TryAppend(ref value, ref digits, next, out var complete)) return null;
            if (complete) return value;
        }
        return null;
    }
}
