using System.Reflection;

namespace DeltaGlider.PowerShell.Tests;

/// <summary>
/// Types of the module's own load context are of no use to a script: they cannot be named there. So none is to be seen.
/// </summary>
public sealed class PublicTypesTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static TheoryData<string> Types => [.. Surface.Assembly.GetExportedTypes().Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_public_type_shows_only_types_that_scripts_know(string name)
    {
        var type = Surface.Assembly.GetType(name, throwOnError: true)!;
        var seen = type.GetProperties(All).Where(property => property.GetAccessors(true).Any(IsVisible)).Select(property => property.PropertyType)
            .Concat(type.GetFields(All).Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly).Select(field => field.FieldType))
            .Concat(type.GetMethods(All).Where(IsVisible).SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType)))
            .Concat(type.GetConstructors(All).Where(IsVisible).SelectMany(constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType)))
            .Concat(type.GetInterfaces())
            .Append(type.BaseType ?? typeof(object))
            .SelectMany(Parts)
            .Where(part => !IsKnownToScripts(part.Assembly));

        Assert.Empty(seen);
    }

    [Fact]
    public void Times_are_DateTime_and_sizes_are_long()
    {
        var properties = Surface.Assembly.GetExportedTypes().Where(type => type.Namespace == "DeltaGlider").SelectMany(type => type.GetProperties()).ToList();

        Assert.DoesNotContain(properties, property => (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == typeof(DateTimeOffset));
        Assert.All(properties.Where(property => property.Name.EndsWith("Size", StringComparison.Ordinal) || property.Name is "Saved" or "FreedBytes"),
            property => Assert.Equal(typeof(long), property.PropertyType));
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static IEnumerable<Type> Parts(Type type) => type.IsGenericType
        ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition())
        : type.HasElementType ? Parts(type.GetElementType()!) : [type];

    private static bool IsKnownToScripts(Assembly assembly) =>
        assembly == Surface.Assembly
        || assembly.GetName().Name is "System.Management.Automation" or "System.Private.CoreLib" or "netstandard"
        || assembly.GetName().Name!.StartsWith("System.", StringComparison.Ordinal);
}
