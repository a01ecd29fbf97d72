using System.Collections;
using System.Management.Automation;

namespace DeltaGlider.Completion;

/// <summary>
/// What is known of the line that is being completed: the parameters on it, those that $PSDefaultParameterValues adds, and
/// the session's variables. To be read on the pipeline thread.
/// </summary>
internal sealed class CompletionLine
{
    private readonly string _command;
    private readonly IDictionary _bound;
    private readonly PSVariableIntrinsics? _variables;

    /// <summary>A line with a command and its parameters as the engine has bound them, without running anything.</summary>
    public CompletionLine(string command, IDictionary bound)
    {
        _command = command;
        _bound = bound;
        _variables = ScriptBlock.Create("$ExecutionContext.SessionState.PSVariable").Invoke().FirstOrDefault()?.BaseObject as PSVariableIntrinsics;
    }

    /// <summary>A parameter's value: as given, else as the session presets it; null where neither says anything.</summary>
    public object? Parameter(string name) => _bound[name] ?? Preset(name);

    /// <summary>A variable's value.</summary>
    public object? Variable(string name) => _variables?.GetValue(name);

    private object? Preset(string parameter)
    {
        if (Variable("PSDefaultParameterValues") is not IDictionary presets || presets["Disabled"] is true) return null;
        foreach (DictionaryEntry preset in presets)
        {
            // "Get-DG*:EndpointUrl". A script block as value is run at binding time only.
            if (preset is { Key: string key, Value: not ScriptBlock } && key.Split(':', 2) is [var command, var name]
                && Matches(command, _command) && Matches(name, parameter))
            {
                return preset.Value;
            }
        }

        return null;
    }

    private static bool Matches(string pattern, string text) => new WildcardPattern(pattern.Trim(), WildcardOptions.IgnoreCase).IsMatch(text);
}
