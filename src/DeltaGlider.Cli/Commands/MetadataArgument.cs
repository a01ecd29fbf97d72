using System.Collections.Immutable;
using System.CommandLine.Parsing;
using System.Text.Json;

namespace DeltaGlider.Cli.Commands;

/// <summary>Reads <c>--metadata</c> in the AWS CLI's two forms: <c>name=value,name=value</c> and a JSON object.</summary>
internal static class MetadataArgument
{
    /// <summary>The map; an error on <paramref name="result"/> where the text is neither form.</summary>
    public static ImmutableDictionary<string, string>? Parse(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        var map = text.TrimStart().StartsWith('{') ? FromJson(text) : FromPairs(text);
        if (map is null) result.AddError($"--metadata is '{text}'; allowed is name=value,name=value or a JSON object of texts.");
        return map;
    }

    private static ImmutableDictionary<string, string>? FromJson(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(text)?.ToImmutableDictionary();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ImmutableDictionary<string, string>? FromPairs(string text)
    {
        var map = ImmutableDictionary<string, string>.Empty;
        foreach (var pair in text.Split(','))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) return null;
            map = map.SetItem(pair[..equals], pair[(equals + 1)..]);
        }

        return map;
    }
}
