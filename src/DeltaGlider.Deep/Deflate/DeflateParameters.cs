namespace DeltaGlider.Deep.Deflate;

/// <summary>
/// Everything in which one deflate encoder differs from another of its kin (hash chains, Huffman blocks). Two encoders
/// with the same parameters give the same bits for the same bytes.
/// </summary>
public sealed record DeflateParameters
{
    private const int DotNetOutput = 8192;

    // No public constructor: only sets of values that some real encoder has make sense.
    private DeflateParameters()
    {
    }

    /// <summary>The encoder's name and level, such as <c>gzip-6</c>: for people.</summary>
    public string Id { get; private init; } = "";

    /// <summary>
    /// What stands for the encoder in stored objects: ten times the family and the level. Frozen for ever: other bits are
    /// another number.
    /// </summary>
    public int Number { get; private init; }

    /// <summary>The level, as the encoder's user gives it.</summary>
    public int Level { get; private init; }

    /// <summary>How it chooses among matches.</summary>
    internal MatchStrategy Strategy { get; private init; }

    /// <summary>With a match of this length at hand, the search for a better one is cut to a quarter.</summary>
    internal int GoodLength { get; private init; }

    /// <summary>Lazy: no search for a better match than one of this length. Greedy: longer matches are not indexed within.</summary>
    internal int MaxLazy { get; private init; }

    /// <summary>A match of this length ends the search.</summary>
    internal int NiceLength { get; private init; }

    /// <summary>How many earlier places are looked at.</summary>
    internal int MaxChain { get; private init; }

    /// <summary>How the bytes at a position are hashed.</summary>
    internal HashKind Hash { get; private init; }

    /// <summary>Bits of the hash.</summary>
    internal int HashBits { get; private init; }

    /// <summary>Literals and matches in a full block.</summary>
    internal int BlockSymbols { get; private init; }

    /// <summary>Looks every 4,096 symbols whether the block does well enough to be ended.</summary>
    internal bool EndsBlocksEarly { get; private init; }

    /// <summary>
    /// Compares beyond the end of the input, with what the window happens to hold there, and cuts the match back
    /// afterwards: a longer false match may win over a nearer true one.
    /// </summary>
    internal bool LooksPastEnd { get; private init; }

    /// <summary>The encoder of that number; null where there is none, as in an object of a newer release.</summary>
    public static DeflateParameters? FromNumber(int number) => DeflateEncoders.ByNumber.GetValueOrDefault(number);

    /// <summary>Goes on comparing past the end of the input, but takes the first match that reaches beyond it.</summary>
    internal bool StopsPastEnd { get; private init; }

    /// <summary>The rules of <see cref="MatchStrategy.Medium"/>; null for the others.</summary>
    internal MediumRules? Medium { get; private init; }

    /// <summary>Its caller flushes before it closes: an empty stored block and an empty last one follow the data.</summary>
    internal bool FlushesAtEnd { get; private init; }

    /// <summary>Bytes of input that each call brings; 0 when all comes with one call. Matters to <see cref="MatchStrategy.Medium"/> only.</summary>
    internal int InputChunk { get; private init; }

    /// <summary>Bytes of output that a call has room for.</summary>
    internal int OutputChunk { get; private init; }

    /// <summary>GNU gzip, 1.3 and newer.</summary>
    /// <param name="level">1 to 9; <c>gzip</c> without a number is 6.</param>
    public static DeflateParameters GnuGzip(int level) => OfLevel(level) with
    {
        Id = $"gzip-{level}",
        Number = level,
        Level = level,
        HashBits = 15,
        BlockSymbols = 32_767,
        EndsBlocksEarly = level > 2,
        LooksPastEnd = true,
    };

    /// <summary>zlib as its authors release it.</summary>
    /// <param name="level">1 to 9; zlib's default is 6.</param>
    /// <param name="memoryLevel">8, zlib's default, or 9, the most it can be given.</param>
    public static DeflateParameters Zlib(int level, int memoryLevel = 8) => OfLevel(level) with
    {
        Id = memoryLevel == 8 ? $"zlib-{level}" : $"zlib-m{memoryLevel}-{level}",
        Number = (memoryLevel == 8 ? 10 : 20) + level,
        Level = level,
        HashBits = memoryLevel + 7,
        BlockSymbols = (1 << memoryLevel + 6) - 1,
    };

    /// <summary>Chromium's zlib, as in Node.js; npm packs with it.</summary>
    /// <param name="level">1 to 9; npm's is 9, Node's default is 6.</param>
    public static DeflateParameters Chromium(int level) => OfLevel(level) with
    {
        Id = $"chromium-{level}",
        Number = 30 + level,
        Level = level,
        Hash = HashKind.Product,
        HashBits = 15,
        BlockSymbols = 16_383,
    };

    /// <summary>Chromium's zlib of before 2022, on processors that have an instruction for CRC-32C.</summary>
    /// <param name="level">1 to 9.</param>
    public static DeflateParameters ChromiumCrc(int level) => Chromium(level) with
    {
        Id = $"chromium-crc-{level}",
        Number = 40 + level,
        Hash = level < 6 ? HashKind.Crc4 : HashKind.Crc3,
    };

    /// <summary>zlib-ng 2.2, level 6, as .NET 9 and 10 call it for "optimal" compression.</summary>
    /// <param name="isWritten">How the content came: in the pieces of 131,072 bytes in which <see cref="Stream.CopyTo(Stream)"/>
    /// hands on a file, or all at once.</param>
    public static DeflateParameters DotNet(DotNetWriting isWritten = DotNetWriting.Copied) => OfLevel(6) with
    {
        Id = isWritten == DotNetWriting.Copied ? "zlib-ng-6" : "zlib-ng-whole-6",
        Number = isWritten == DotNetWriting.Copied ? 56 : 66,
        Level = 6,
        Strategy = MatchStrategy.Medium,
        Medium = MediumRules.NextGeneration,
        Hash = HashKind.Golden,
        HashBits = 16,
        BlockSymbols = 16_383,
        StopsPastEnd = true,
        InputChunk = isWritten == DotNetWriting.Copied ? 131_072 : 0,
        OutputChunk = DotNetOutput,
    };

    /// <summary>Intel's fork of zlib, level 6, as .NET Core and .NET up to 8 call it on Windows.</summary>
    /// <param name="isLate">As in .NET 8; otherwise as in the versions before.</param>
    public static DeflateParameters Intel(bool isLate) => OfLevel(6) with
    {
        Id = isLate ? "zlib-intel-late-6" : "zlib-intel-6",
        Number = isLate ? 86 : 76,
        Level = 6,
        Strategy = MatchStrategy.Medium,
        Medium = isLate ? MediumRules.LateIntel : MediumRules.Intel,
        Hash = HashKind.Crc3,
        HashBits = 15,
        BlockSymbols = 16_383,
        InputChunk = 131_072,
        OutputChunk = DotNetOutput,
    };

    /// <summary>The same encoder, told to flush before it is told to end, as NuGet's packer does with what it writes itself.</summary>
    public DeflateParameters Flushed() => FlushesAtEnd ? this : this with { Id = $"{Id[..^2]}-flushed-{Level}", Number = Number + 100, FlushesAtEnd = true };

    private static DeflateParameters OfLevel(int level) => level switch
    {
        1 => Of(MatchStrategy.Greedy, 4, 4, 8, 4),
        2 => Of(MatchStrategy.Greedy, 4, 5, 16, 8),
        3 => Of(MatchStrategy.Greedy, 4, 6, 32, 32),
        4 => Of(MatchStrategy.Lazy, 4, 4, 16, 16),
        5 => Of(MatchStrategy.Lazy, 8, 16, 32, 32),
        6 => Of(MatchStrategy.Lazy, 8, 16, 128, 128),
        7 => Of(MatchStrategy.Lazy, 8, 32, 128, 256),
        8 => Of(MatchStrategy.Lazy, 32, 128, 258, 1024),
        9 => Of(MatchStrategy.Lazy, 32, 258, 258, 4096),
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "Levels go from 1 to 9."),
    };

    private static DeflateParameters Of(MatchStrategy strategy, int good, int maxLazy, int nice, int chain) => new()
    {
        Strategy = strategy,
        GoodLength = good,
        MaxLazy = maxLazy,
        NiceLength = nice,
        MaxChain = chain,
    };
}
