using System.Reflection;
using Amazon.Runtime;

namespace DeltaGlider.Credentials;

/// <summary>
/// Credentials made by another copy of the AWS SDK, such as that of AWS.Tools. They are asked anew at each use, so that
/// those which refresh themselves go on doing so.
/// </summary>
internal sealed class ForeignCredentials : AWSCredentials
{
    private const string BaseType = "Amazon.Runtime.AWSCredentials";
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly object _foreign;
    private readonly MethodInfo _get;

    private ForeignCredentials(object foreign, MethodInfo get)
    {
        _foreign = foreign;
        _get = get;
    }

    /// <summary>Wraps what is credentials of some SDK; null for anything else.</summary>
    public static ForeignCredentials? TryWrap(object given)
    {
        if (Method(given) is { } get) return new ForeignCredentials(given, get);

        // AWS.Tools' AWSPSCredentials keep theirs in a property that is not public.
        return given.GetType().GetProperty("Credentials", Instance)?.GetValue(given) is { } inner && Method(inner) is { } innerGet
            ? new ForeignCredentials(inner, innerGet)
            : null;
    }

    /// <inheritdoc/>
    public override ImmutableCredentials GetCredentials()
    {
        var keys = _get.Invoke(_foreign, BindingFlags.DoNotWrapExceptions, null, null, null) ?? throw new InvalidOperationException("The credentials handed over hold no keys.");
        return new ImmutableCredentials(Text(keys, "AccessKey"), Text(keys, "SecretKey"), Text(keys, "Token"));
    }

    private static MethodInfo? Method(object given)
    {
        for (var type = given.GetType(); type is not null; type = type.BaseType)
        {
            if (type.FullName == BaseType) return given.GetType().GetMethod("GetCredentials", Instance, Type.EmptyTypes);
        }

        return null;
    }

    private static string? Text(object keys, string name) => keys.GetType().GetProperty(name, Instance)?.GetValue(keys) as string;
}
