namespace DeltaGlider.PowerShell.Tests;

/// <summary>Dependencies point inwards.</summary>
public sealed class AssemblyReferencesTests
{
    [Theory]
    [InlineData("DeltaGlider.Vcdiff")]
    [InlineData("DeltaGlider.Core", "Microsoft.Extensions.Logging.Abstractions")]
    [InlineData("DeltaGlider.Adapters", "AWSSDK.*", "DeltaGlider.Core", "DeltaGlider.Deep", "DeltaGlider.Vcdiff", "Microsoft.Extensions.Logging.Abstractions")]
    [InlineData("DeltaGlider.PowerShell", "AWSSDK.Core", "DeltaGlider.Adapters", "DeltaGlider.Core", "Microsoft.Extensions.Logging.Abstractions", "System.Management.Automation")]
    [InlineData("DeltaGlider.Deep", "DeltaGlider.Vcdiff")]
    [InlineData("DeltaGlider.Loader")]
    public void An_assembly_references_only_these(string name, params string[] allowed)
    {
        // From the staged folder, as data: what is packed is what counts.
        var lib = Path.Combine(Repository.StagedModule, "lib");
        using var context = new MetadataOnly(lib);
        var references = context.ReferencesOf(Path.Combine(lib, name + ".dll"))
            .Where(reference => reference is not "System.Management.Automation" ? !reference.StartsWith("System.", StringComparison.Ordinal) && reference != "netstandard" : true);

        Assert.All(references, reference => Assert.Contains(allowed, pattern =>
            pattern.EndsWith('*') ? reference.StartsWith(pattern[..^1], StringComparison.Ordinal) : reference == pattern));
    }

    private sealed class MetadataOnly(string folder) : IDisposable
    {
        private readonly System.Runtime.Loader.AssemblyLoadContext _context = new(folder, isCollectible: true);

        public IEnumerable<string> ReferencesOf(string path)
        {
            using var stream = new MemoryStream(File.ReadAllBytes(path));
            return [.. _context.LoadFromStream(stream).GetReferencedAssemblies().Select(reference => reference.Name!)];
        }

        public void Dispose() => _context.Unload();
    }
}
