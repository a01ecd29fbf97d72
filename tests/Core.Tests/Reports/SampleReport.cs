using System.Collections.Immutable;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Reports;

namespace DeltaGlider.Core.Tests.Reports;

/// <summary>A report of a bucket as a team might have it.</summary>
internal static class SampleReport
{
    private static readonly string[] Names = ["agent", "api", "billing", "console", "desktop/win", "desktop/mac", "desktop/linux", "docs", "firmware", "gateway", "images/base", "images/dev", "ingest", "mobile", "plugins", "portal", "reports", "scheduler", "sdk/java", "sdk/net", "search", "tools", "ui", "worker"];

    // The sum of the days' numbers, each third of them.
    private static readonly int Steps = Enumerable.Range(0, 540).Where(i => i % 3 == 0).Sum();

    public static SavingsReport Build()
    {
        var builder = new SavingsReportBuilder();
        var random = new Random(7);
        var total = StorageFigures.None;
        foreach (var (name, i) in Names.Select((name, i) => (name, i)))
        {
            var space = Space($"releases/{name}/", 30 + (i * 3), (random.Next(20, 400) + (i == 3 ? 900 : 0)) << 20, i % 7 == 5 ? 0.62 : 0.02 + (random.NextDouble() * 0.3));
            builder.Add(space);
            total = total.Plus(space.Figures);
        }

        var days = Enumerable.Range(0, 540).Where(i => i % 3 == 0).Select(i => new DayFigures(new DateOnly(2025, 5, 1).AddDays(i), 17, total.TotalSize * i / Steps, total.StoredSize * i / Steps)).ToImmutableArray();
        return builder.Build(new BucketStatistics(new S3Uri("acme-artifacts", ""), StatsMode.Quick, total, new DateTimeOffset(2026, 11, 22, 9, 30, 0, TimeSpan.Zero), false) { Days = days });
    }

    public static DeltaSpaceStatistics Space(string prefix, int deltas, long size, double ratio) => new(
        new DeltaSpace("acme-artifacts", prefix),
        new StorageFigures
        {
            Deltas = deltas,
            Direct = deltas,
            References = 1,
            TotalSize = (deltas * size) + (deltas * 4000L),
            StoredSize = (long)(deltas * size * ratio) + size + (deltas * 4000L),
            ReferenceSize = size,
            DirectSize = deltas * 4000L,
        },
        ratio,
        ratio <= 0.1 ? DeltaSpaceHealth.Excellent : ratio <= 0.25 ? DeltaSpaceHealth.Good : ratio <= 0.5 ? DeltaSpaceHealth.Fair : DeltaSpaceHealth.Poor);
}
