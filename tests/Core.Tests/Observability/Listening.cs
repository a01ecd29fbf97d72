using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using DeltaGlider.Core.Observability;

namespace DeltaGlider.Core.Tests.Observability;

/// <summary>What a test's own work measures and traces: other tests run at the same time, in other flows of control.</summary>
internal sealed class Listening : IDisposable
{
    private static readonly AsyncLocal<Listening?> Current = new();

    private readonly ConcurrentQueue<(string Instrument, double Value, string Tags)> _measured = new();
    private readonly ConcurrentQueue<Activity> _activities = new();
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _tracer;

    public Listening()
    {
        Current.Value = this;
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Measures.Name) listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _meters.Start();
        _tracer = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Measures.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (Current.Value == this) _activities.Enqueue(activity);
            },
        };
        ActivitySource.AddActivityListener(_tracer);
    }

    public IReadOnlyList<Activity> Activities => [.. _activities];

    public IReadOnlyList<(string Instrument, double Value, string Tags)> Measured => [.. _measured];

    public double Sum(string instrument, string tags = "") =>
        _measured.Where(one => one.Instrument == instrument && one.Tags.Contains(tags, StringComparison.Ordinal)).Sum(one => one.Value);

    public void Dispose()
    {
        Current.Value = null;
        _meters.Dispose();
        _tracer.Dispose();
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Current.Value != this) return;
        _measured.Enqueue((instrument.Name, value, string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))));
    }
}
