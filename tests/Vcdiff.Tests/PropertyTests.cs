using FsCheck;
using FsCheck.Fluent;

namespace DeltaGlider.Vcdiff.Tests;

/// <summary>Random edits: what any two codecs of ours and the strict parser must agree on.</summary>
public class PropertyTests
{
    private static readonly Gen<(byte[] Source, byte[] Target, VcdiffEncoderOptions Options)> Cases =
        from kind in Gen.Choose(0, 3)
        from length in Gen.Choose(0, 20_000)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from edits in Gen.Choose(0, 60)
        from maxEdit in Gen.Elements(3, 40, 400, 3000)
        from window in Gen.Elements(1024, 4096, VcdiffEncoderOptions.MaxWindowSize)
        from level in Gen.Elements(VcdiffLevel.Fast, VcdiffLevel.Default, VcdiffLevel.Best)
        from compress in Gen.Frequency((3, Gen.Constant(true)), (1, Gen.Constant(false)))
        let source = Source(kind, length, seed)
        select (source, Samples.Edit(source, edits, seed, maxEdit),
            new VcdiffEncoderOptions { WindowSize = window, Level = level, SecondaryCompression = compress });

    [Fact]
    public void Edited_targets_come_back_and_keep_the_rules() => Prop.ForAll(
        Arb.From(Cases),
        pair =>
        {
            var delta = Codec.Encode(pair.Source, pair.Target, pair.Options);
            Codec.AssertSame(pair.Target, DeltaParser.Parse(delta, pair.Source).Target);
            Codec.AssertSame(pair.Target, Codec.Decode(pair.Source, delta));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20260101, 1));

    [Fact]
    public void A_delta_is_never_much_larger_than_its_target() => Prop.ForAll(
        Arb.From(Cases),
        pair =>
        {
            var windows = Math.Max(1, pair.Target.Length / pair.Options.WindowSize + 1);
            var delta = Codec.Encode(pair.Source, pair.Target, pair.Options);
            Assert.InRange(delta.Length, 1, 6 + pair.Target.Length + windows * 40);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithReplay(20260102, 1));

    private static byte[] Source(int kind, int length, int seed) => kind switch
    {
        0 => Samples.Random(length, seed),
        1 => Samples.Text(length, seed),
        2 => [.. Samples.Random(length, seed).Select(value => (byte)(value % 2))], // matches everywhere
        _ => [.. Enumerable.Range(0, length).Select(i => (byte)(i % 7 == 0 ? seed >> i % 13 : 0))], // long runs and short periods
    };
}
