using System.Text;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Reports;

namespace DeltaGlider.Core.UseCases;

/// <summary>Writes a report as a page of HTML.</summary>
public sealed class WriteReport
{
    private readonly ILocalFiles _files;

    internal WriteReport(ILocalFiles files) => _files = files;

    /// <summary>Writes it; a file that is there is replaced when the page is whole.</summary>
    /// <exception cref="Errors.DeltaGliderException">The file cannot be written.</exception>
    public async ValueTask RunAsync(SavingsReport report, string path, CancellationToken cancellationToken)
    {
        var page = Encoding.UTF8.GetBytes(ReportPage.Render(report));
        var file = _files.BeginReplace(path, page.Length);
        await using var closing = file.ConfigureAwait(false);
        await file.Stream.WriteAsync(page, cancellationToken).ConfigureAwait(false);
        await file.CommitAsync(null, cancellationToken).ConfigureAwait(false);
    }
}
