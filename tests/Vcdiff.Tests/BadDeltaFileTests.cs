using System.Diagnostics;
using DeltaGlider.Vcdiff.Decode;

namespace DeltaGlider.Vcdiff.Tests;

/// <summary>The deltas of the folder BadDeltas: hostile ones, and every find of the fuzzer. See BadDeltas/README.md.</summary>
public class BadDeltaFileTests
{
    private const VcdiffError Bad = VcdiffError.Malformed, TooMuch = VcdiffError.LimitExceeded, Integer = VcdiffError.InvalidInteger;
    private const int Mebi = 1 << 20;

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "BadDeltas");

    private static readonly VcdiffLimits Limits = new() { MaxTargetBytes = 100 * Mebi, MaxHistoryBytes = 16 * Mebi };

    /// <summary>How each ends; null for one that is only odd, and decodes.</summary>
    private static readonly Dictionary<string, VcdiffError?> Expected = new()
    {
        ["application-header-of-gigabytes"] = TooMuch,
        ["compressed-by-an-unknown-compressor"] = VcdiffError.UnsupportedSecondaryCompressor,
        ["compressed-without-a-compressor"] = Bad,
        ["copy-from-the-end-of-the-target"] = VcdiffError.InvalidAddress,
        ["copy-of-what-it-makes-from-the-last-byte-on"] = null,
        ["copy-spanning-segment-and-target"] = null,
        ["djw-code-without-symbols"] = Bad,
        ["djw-eight-codes-and-no-more"] = Bad,
        ["djw-empty-section-flagged"] = Bad,
        ["djw-more-codes-than-fit"] = Bad,
        ["djw-one-endless-run"] = Bad,
        ["djw-section-of-the-limit"] = Bad,
        ["empty-windows"] = null,
        ["fgk-byte-that-is-none"] = Bad,
        ["fgk-bytes-left-over"] = Bad,
        ["fgk-no-bytes-flagged"] = null,
        ["fgk-section-of-the-limit"] = Bad,
        ["fgk-unfinished-tree"] = Bad,
        ["history-before-there-is-any"] = Bad,
        ["history-in-the-future"] = Bad,
        ["history-larger-than-the-limit"] = Bad,
        ["history-of-the-window-itself"] = Bad,
        ["instructions-that-make-nothing"] = null,
        ["integer-in-an-instruction"] = Integer,
        ["integer-of-64-bits"] = Integer,
        ["integer-of-ones"] = Integer,
        ["integer-padded"] = Integer,
        ["lzma-chunk-larger-than-the-section"] = Bad,
        ["lzma-chunk-without-properties"] = Bad,
        ["lzma-code-at-the-end-of-the-range"] = Bad,
        ["lzma-complete-xz"] = Bad,
        ["lzma-dictionary-of-4-gib"] = null,
        ["lzma-dictionary-size-invalid"] = Bad,
        ["lzma-empty-section-flagged"] = Bad,
        ["lzma-ends-marker"] = Bad,
        ["lzma-first-chunk-without-reset"] = Bad,
        ["lzma-instruction-bomb"] = Bad,
        ["lzma-match-before-the-start"] = Bad,
        ["lzma-no-bytes-flagged"] = Bad,
        ["lzma-properties-invalid"] = Bad,
        ["lzma-second-xz-stream"] = Bad,
        ["lzma-section-of-gigabytes"] = TooMuch,
        ["lzma-section-without-xz"] = Bad,
        ["lzma-xz-block-claims-sizes"] = null,
        ["lzma-xz-block-with-another-filter"] = Bad,
        ["run-bomb"] = TooMuch,
        ["section-of-the-limit-that-is-not-there"] = VcdiffError.Truncated,
        ["sections-of-gigabytes"] = TooMuch,
        ["sections-that-overflow-when-added"] = TooMuch,
        ["source-past-the-end"] = VcdiffError.SourceOutOfRange,
        ["source-past-the-end-by-overflow"] = VcdiffError.SourceOutOfRange,
        ["window-of-all-the-limit-and-no-more"] = Bad,
        ["window-of-gigabytes"] = TooMuch,
    };

    public static TheoryData<string> Names() => [.. Directory.GetFiles(Folder, "*.vcdiff").Select(path => Path.GetFileNameWithoutExtension(path)!).Order()];

    [Fact]
    public void Every_file_is_expected_and_every_expected_file_is_there() =>
        Assert.Equal(Expected.Keys.Order(), Names().Select(row => row.Data));

    [Theory, MemberData(nameof(Names))]
    public void Ends_as_it_should_in_little_time_and_memory(string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Folder, name + ".vcdiff"));
        using var source = SourceBuffer.CopyOf(Samples.Random(1000));
        using var target = new MemoryStream();
        using var delta = new MemoryStream(bytes);
        using var decoding = new DeltaDecoding(source, Limits, delta, target);

        var clock = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var thrown = Record.Exception(() => decoding.RunAsync(TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult());
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before - (2 * (long)target.Capacity);

        Assert.Equal(Expected[name], (thrown as VcdiffException)?.Kind);
        if (Expected[name] is null) Assert.Null(thrown);
        if (thrown is VcdiffException bad) Assert.InRange(bad.Offset, 0, bytes.Length);
        Assert.InRange(target.Length, 0, Limits.MaxTargetBytes);
        Assert.InRange(allocated, long.MinValue, 4 * Mebi);
        // Never more than one window or one section of the default limit, whatever the delta says.
        Assert.InRange(decoding.NativeBytes, 0, 66 * Mebi);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 10);
    }
}
