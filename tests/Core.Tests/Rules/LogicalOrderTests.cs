using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Tests.Rules;

public sealed class LogicalOrderTests
{
    private static readonly string[] Parts = ["a", "a-b", "a.b", "a.delta", "a.deltb", "a0", "\U0001F600", "\uFFFD", "é", "-", ".", "b", "a.d"];

    [Fact]
    public void It_is_the_order_of_the_names_with_delta_behind_them()
    {
        var random = new Random(3);
        for (var i = 0; i < 20_000; i++)
        {
            var (one, other) = (Name(random), Name(random));
            Assert.Equal(
                Math.Sign(KeyOrder.Utf8.Compare(one + ".delta", other + ".delta")),
                Math.Sign(LogicalOrder.Instance.Compare(one, other)));
        }
    }

    [Fact]
    public void A_folder_walked_level_by_level_comes_out_in_that_order()
    {
        var random = new Random(4);
        for (var round = 0; round < 200; round++)
        {
            var names = Enumerable.Range(0, 60).Select(_ => Name(random)).Distinct().ToList();

            // A file system has no file and folder of one name.
            names.RemoveAll(name => names.Any(other => other.StartsWith(name + "/", StringComparison.Ordinal)));
            Assert.Equal(names.Order(LogicalOrder.Instance), Walk(names, ""));
        }
    }

    private static IEnumerable<string> Walk(List<string> names, string folder)
    {
        var children = names.Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Select(name => name[folder.Length..])
            .Select(rest => rest.Contains('/', StringComparison.Ordinal) ? (Name: rest[..rest.IndexOf('/', StringComparison.Ordinal)], IsFolder: true) : (Name: rest, IsFolder: false))
            .Distinct()
            .ToList();
        children.Sort((one, other) => LogicalOrder.CompareInFolder(one.Name, one.IsFolder, other.Name, other.IsFolder));
        return children.SelectMany(child => child.IsFolder ? Walk(names, $"{folder}{child.Name}/") : [folder + child.Name]);
    }

    private static string Name(Random random) => string.Join('/', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Parts[random.Next(Parts.Length)]));
}
