using System.Management.Automation;
using System.Reflection;

namespace DeltaGlider.PowerShell.Tests;

/// <summary>
/// The cmdlets as the metadata declares them. Attributes are read as data: those of the reference assembly keep no values.
/// </summary>
internal static class Surface
{
    public static Assembly Assembly { get; } = typeof(DGObject).Assembly;

    public static IReadOnlyList<Type> Commands { get; } =
        [.. Assembly.GetExportedTypes().Where(type => Data<CmdletAttribute>(type).Any()).OrderBy(type => type.Name, StringComparer.Ordinal)];

    public static Type Command(string name) => Commands.Single(command => NameOf(command) == name);

    public static string NameOf(Type command)
    {
        var words = Data<CmdletAttribute>(command).Single().ConstructorArguments;
        return $"{words[0].Value}-{words[1].Value}";
    }

    public static T? Named<T>(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.Where(argument => argument.MemberName == name).Select(argument => (T?)argument.TypedValue.Value).FirstOrDefault();

    public static IEnumerable<CustomAttributeData> Data<TAttribute>(MemberInfo member) =>
        member.GetCustomAttributesData().Where(data => data.AttributeType == typeof(TAttribute));

    public static IEnumerable<PropertyInfo> Parameters(Type command) =>
        command.GetProperties().Where(property => Data<ParameterAttribute>(property).Any());

    /// <summary>A parameter in one line: <c>Set: Name Type @position mandatory pipeline byname (aliases)</c>.</summary>
    public static string Describe(PropertyInfo parameter)
    {
        var attribute = Data<ParameterAttribute>(parameter).Single();
        var aliases = Data<AliasAttribute>(parameter)
            .SelectMany(alias => (IReadOnlyCollection<CustomAttributeTypedArgument>)alias.ConstructorArguments[0].Value!)
            .Select(argument => (string)argument.Value!);
        string?[] words =
        [
            Named<string>(attribute, "ParameterSetName") is { } set ? set + ":" : null,
            parameter.Name,
            TypeName(parameter.PropertyType),
            attribute.NamedArguments.Any(argument => argument.MemberName == "Position") ? "@" + Named<int>(attribute, "Position") : null,
            Named<bool>(attribute, "Mandatory") ? "mandatory" : null,
            Named<bool>(attribute, "ValueFromPipeline") ? "pipeline" : null,
            Named<bool>(attribute, "ValueFromPipelineByPropertyName") ? "byname" : null,
            string.Join(',', aliases) is { Length: > 0 } names ? $"({names})" : null,
        ];
        return string.Join(' ', words.Where(word => word is not null));
    }

    private static string TypeName(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? inner.Name + "?" : type.Name;
}
