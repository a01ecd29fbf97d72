using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using DeltaGlider.Adapters.S3;
using DeltaGlider.Core.Observability;
using DeltaGlider.Core.UseCases;
using Microsoft.Extensions.Logging;

namespace DeltaGlider.Cli.Tests;

/// <summary>docs/observability.md says what the code does, to the letter.</summary>
public sealed class ObservabilityPageTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Root(), "docs", "observability.md"));

    [Fact]
    public void It_has_the_metrics_of_the_meter()
    {
        RuntimeHelpers.RunClassConstructor(typeof(Measures).TypeHandle);
        var real = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == Measures.Name)
                    real.Add($"{instrument.Name}|{instrument.GetType().Name.Split('`')[0]}|{instrument.Unit}|{instrument.Description}");
            },
        };
        listener.Start();

        var told = Rows("| `deltaglider.").Where(cells => cells.Length == 5).Select(cells => $"{cells[0].Trim('`')}|{cells[1]}|{cells[2].Trim('`')}|{cells[4]}");
        Assert.NotEmpty(real);
        Assert.Equal(real.Distinct().Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_has_the_log_events_and_no_id_twice()
    {
        var real = new[] { typeof(DeltaGliderUseCases).Assembly, typeof(StoreConnector).Assembly, typeof(Session).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => (method.Name, Event: method.GetCustomAttribute<LoggerMessageAttribute>()))
            .Where(one => one.Event is not null)
            .Select(one => $"{one.Event!.EventId}|{one.Event.Level}|{one.Name}|{one.Event.Message}")
            .Order(StringComparer.Ordinal)
            .ToList();

        var told = Lines.Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Length > 2 && char.IsAsciiDigit(line[2])).Select(line => string.Join('|', Cells(line)));
        Assert.NotEmpty(real);
        Assert.Equal(real, told.Order(StringComparer.Ordinal));
        Assert.Equal(real.Count, real.Select(one => one.Split('|')[0]).Distinct().Count());
    }

    private static IEnumerable<string[]> Rows(string start) => Lines.Where(line => line.StartsWith(start, StringComparison.Ordinal)).Select(Cells);

    private static string[] Cells(string line) => [.. line.Trim('|', ' ').Split('|').Select(cell => cell.Trim())];

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder!.FullName, "docs"))) folder = folder.Parent;
        return folder.FullName;
    }
}
