using System.Globalization;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Cli.Output;

/// <summary>Tells what verifying has found, object by object and in the end.</summary>
internal sealed class VerifySummary(Host host)
{
    private readonly SortedDictionary<VerifyFinding, int> _findings = [];
    private int _valid;
    private int _repaired;
    private int _errors;

    /// <summary>True when each object was there and right.</summary>
    public bool IsGood => _errors == 0 && _findings.Keys.All(finding => finding is VerifyFinding.None or VerifyFinding.OrphanReference);

    /// <summary>One object.</summary>
    public async ValueTask TellAsync(VerifyObjectResult result)
    {
        _findings[result.Finding] = _findings.GetValueOrDefault(result.Finding) + 1;
        if (result.IsValid) _valid++;
        if (result.IsRepaired) _repaired++;
        var word = result switch
        {
            { IsValid: false } => "FAILED",
            { Finding: VerifyFinding.OrphanReference } => "ORPHAN",
            { IsRepaired: true } => "REPAIRED",
            _ => "OK",
        };
        await host.Out.WriteLineAsync($"{word}: {result.Uri}{(result.Reason.Length > 0 ? " " : "")}{result.Reason}").ConfigureAwait(false);
    }

    /// <summary>One object that could not be looked at.</summary>
    public async ValueTask FailAsync(string what, string why)
    {
        _errors++;
        await host.Error.WriteLineAsync($"verify failed: {what} {why}").ConfigureAwait(false);
    }

    /// <summary>All of them.</summary>
    public async ValueTask CloseAsync()
    {
        var all = _findings.Values.Sum();
        var kinds = _findings.Where(pair => pair.Key != VerifyFinding.None).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Value} {pair.Key}")).ToList();
        var text = string.Create(CultureInfo.InvariantCulture, $"Verified {all} {(all == 1 ? "object" : "objects")}: {_valid} valid, {all - _valid} not")
            + (kinds.Count > 0 ? $" ({string.Join(", ", kinds)})" : "")
            + (_repaired > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {_repaired} repaired") : "")
            + (_errors > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {_errors} could not be looked at") : "");
        await host.Out.WriteLineAsync($"{text}.").ConfigureAwait(false);
    }
}
