using DeltaGlider.Vcdiff;

namespace DeltaGlider.Deep.Tests;

/// <summary>Deltas that were stored once must be readable for ever: these were written by version 0.1.0.</summary>
public class GoldenDeltaTests
{
    public static TheoryData<string> Names => [.. Directory.GetFiles(Folder, "*.deep").Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Golden");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The decoder compares the SHA-256 that is in the delta.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_delta_of_old_is_read(string name)
    {
        using var reference = SourceBuffer.MapFile(Path.Combine(Folder, name + ".reference"));
        await using var delta = File.OpenRead(Path.Combine(Folder, name + ".deep"));
        Assert.True(await new DeepDecoder(reference).DecodeAsync(delta, Stream.Null, Cancellation) > 1000);
    }

    [Fact]
    public void Both_kinds_of_image_delta_are_among_them() => Assert.Equal(["difference", "tail", "vcdiff"], Names.Select(row => row.Data));
}
