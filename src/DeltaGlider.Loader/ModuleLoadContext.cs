using System.Reflection;
using System.Runtime.Loader;

namespace DeltaGlider.Loader;

/// <summary>
/// Where the module's assemblies live: apart from those of PowerShell and of other modules. Every build of AWSSDK.S3 4.x
/// carries AssemblyVersion 4.0.0.0, so in a shared context whichever module comes first would silently decide for all.
/// </summary>
public sealed class ModuleLoadContext : AssemblyLoadContext
{
    private const string RootAssembly = "DeltaGlider.PowerShell";

    private static readonly object Gate = new();
    private static volatile Assembly? _root;

    private readonly string _folder;

    // Not collectible: PowerShell keeps the types of a removed module for good.
    private ModuleLoadContext(string folder)
        : base("DeltaGlider", isCollectible: false) => _folder = folder;

    /// <summary>The assembly with the cmdlets; the same one for every import in this process.</summary>
    public static Assembly LoadRoot()
    {
        if (_root is { } loaded) return loaded;
        lock (Gate)
        {
            // Another runspace may have been here while this one waited.
            return _root ??= Open();
        }
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name is not { } name) return null;
        var path = Path.Combine(_folder, name + ".dll");
        if (!File.Exists(path)) return null;
        return IsSystem(name) && IsAtHand(assemblyName) ? null : LoadFromAssemblyPath(path);
    }

    private static Assembly Open()
    {
        var folder = Path.GetDirectoryName(typeof(ModuleLoadContext).Assembly.Location)!;
        return new ModuleLoadContext(folder).LoadFromAssemblyPath(Path.Combine(folder, RootAssembly + ".dll"));
    }

    private static bool IsSystem(string name) => name.StartsWith("System.", StringComparison.Ordinal);

    // A part of .NET that the packages bring along for older runtimes: where the runtime's own is new enough, it is used,
    // so that activities and meters are the ones that the whole process sees.
    private static bool IsAtHand(AssemblyName assemblyName)
    {
        try
        {
            Default.LoadFromAssemblyName(assemblyName);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
