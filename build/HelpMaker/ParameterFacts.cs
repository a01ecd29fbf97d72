namespace DeltaGlider.HelpMaker;

/// <summary>Reads the block of facts under a parameter: as much of YAML as PlatyPS writes there, and no more.</summary>
internal static class ParameterFacts
{
    /// <summary>The parameter with what the block says of it.</summary>
    public static ParameterPart Read(PageLines block, ParameterPart parameter)
    {
        var list = "";
        for (var i = 0; i < block.Lines.Count; i++)
        {
            var line = block.Lines[i];
            if (line.StartsWith("- Name:", StringComparison.Ordinal) && list == "ParameterSets")
            {
                parameter = parameter with { Sets = parameter.Sets.Add(new ParameterSetPart(Value(line))) };
            }
            else if (line.StartsWith("- ", StringComparison.Ordinal))
            {
                parameter = Item(block, i, list, Unquoted(line[2..].Trim()), parameter);
            }
            else if (line.StartsWith("  ", StringComparison.Ordinal) && parameter.Sets.Length > 0)
            {
                parameter = parameter with { Sets = parameter.Sets.SetItem(parameter.Sets.Length - 1, OfSet(block, i, parameter.Sets[^1])) };
            }
            else
            {
                (list, parameter) = (Key(line), Fact(block, i, parameter));
            }
        }

        return parameter;
    }

    private static ParameterPart Item(PageLines block, int index, string list, string item, ParameterPart parameter) => list switch
    {
        "Aliases" => parameter with { Aliases = parameter.Aliases.Add(item) },
        "AcceptedValues" => parameter with { AcceptedValues = parameter.AcceptedValues.Add(item) },
        _ => throw block.Error(index, $"An item of a list was not expected after '{list}'."),
    };

    private static ParameterPart Fact(PageLines block, int index, ParameterPart parameter)
    {
        var line = block.Lines[index];
        return Key(line) switch
        {
            "Type" => parameter with { Type = Value(line) },
            "DefaultValue" => parameter with { DefaultValue = Value(line) },
            "SupportsWildcards" => parameter with { SupportsWildcards = Flag(block, index) },
            "Aliases" or "AcceptedValues" or "ParameterSets" or "DontShow" or "HelpMessage" => parameter,
            var key => throw block.Error(index, $"'{key}' is no fact of a parameter."),
        };
    }

    private static ParameterSetPart OfSet(PageLines block, int index, ParameterSetPart set)
    {
        var line = block.Lines[index];
        return Key(line) switch
        {
            "Position" => set with { Position = Value(line) },
            "IsRequired" => set with { IsRequired = Flag(block, index) },
            "ValueFromPipeline" => set with { FromPipeline = Flag(block, index) },
            "ValueFromPipelineByPropertyName" => set with { FromPipelineByName = Flag(block, index) },
            "ValueFromRemainingArguments" => set,
            var key => throw block.Error(index, $"'{key}' is no fact of a parameter set."),
        };
    }

    private static string Key(string line) => line.Split(':', 2)[0].Trim();

    private static string Value(string line) => line.Split(':', 2) is [_, var value] ? Unquoted(value.Trim()) : "";

    private static string Unquoted(string value) => value.Length > 1 && value[0] == '\'' && value[^1] == '\'' ? value[1..^1].Replace("''", "'", StringComparison.Ordinal) : value;

    private static bool Flag(PageLines block, int index) => Value(block.Lines[index]) switch
    {
        "true" => true,
        "false" => false,
        var other => throw block.Error(index, $"'{other}' should be true or false."),
    };
}
