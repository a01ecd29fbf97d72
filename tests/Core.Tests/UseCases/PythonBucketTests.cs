using DeltaGlider.TestKit;

namespace DeltaGlider.Core.Tests.UseCases;

/// <summary>What the real Python tool wrote, read by this one.</summary>
public sealed class PythonBucketTests : IDisposable
{
    private static readonly PythonBucket Fixture = PythonBucket.Load();

    private readonly World _world = new();

    public PythonBucketTests() => Fixture.PlantIn(_world.Store, World.Bucket);

    public static TheoryData<string> Names => [.. Fixture.Files.Select(file => file.Key)];

    public void Dispose() => _world.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_file_comes_back(string key)
    {
        var original = Fixture.Files.Single(file => file.Key == key);
        Assert.Equal(Fixture.Bytes(original.Original), await _world.GetAsync(key));
    }

    [Fact]
    public async Task The_listing_shows_what_was_put_in_under_its_names_and_sizes()
    {
        var listed = await _world.ListAsync();
        Assert.Equal(
            Fixture.Files.Select(file => (file.Key, file.Size)).Order(),
            listed.Select(entry => (entry.Uri.Key, entry.Size)).Order());
    }

    [Fact]
    public async Task A_new_version_goes_on_where_python_left_off()
    {
        var versions = VersionedBytes.Versions(51, 1, 1);
        var next = Fixture.Bytes("originals/t1.tar").Concat(versions[0]).ToArray();
        var result = await _world.PutAsync("tars/t3.tar", next);
        Assert.Equal(0, result.ReferenceSize);
        Assert.InRange(result.StoredSize, 1, 500);
        Assert.Equal(next, await _world.GetAsync("tars/t3.tar", _world.Client()));
    }
}
