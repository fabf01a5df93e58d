using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace VcasFunctions.Tests.Telemetry;

/// <summary>Hears every span of every source and every figure of the app's meter, as an exporter would.</summary>
internal sealed class Overheard : IDisposable
{
    private readonly ActivityListener spans;
    private readonly MeterListener figures = new();

    /// <summary>Begins to listen.</summary>
    /// <param name="anySource">All sources in the process, or the app's own alone.</param>
    public Overheard(bool anySource)
    {
        spans = new ActivityListener
        {
            ShouldListenTo = source => anySource || source.Name == "VcasFunctions",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Spans.Enqueue,
        };
        ActivitySource.AddActivityListener(spans);
        figures.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name != "VcasFunctions") return;
            Instruments[instrument.Name] = instrument;
            listener.EnableMeasurementEvents(instrument);
        };
        figures.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measured.Enqueue((instrument.Name, value, Text(tags))));
        figures.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measured.Enqueue((instrument.Name, value, Text(tags))));
        figures.Start();
    }

    public ConcurrentQueue<Activity> Spans { get; } = [];

    public ConcurrentDictionary<string, Instrument> Instruments { get; } = [];

    public ConcurrentQueue<(string Name, double Value, string Tags)> Measured { get; } = [];

    /// <summary>All that a span carries, as one text.</summary>
    public static string TextOf(Activity span) => string.Join(' ', [
        span.Source.Name, span.OperationName, span.DisplayName, span.StatusDescription ?? "", span.TraceStateString ?? "",
        .. span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"),
        .. span.Baggage.Select(item => $"{item.Key}={item.Value}"),
        .. span.Events.SelectMany(happened => happened.Tags.Select(tag => $"{happened.Name} {tag.Key}={tag.Value}")),
        .. span.Links.SelectMany(link => (link.Tags ?? []).Select(tag => $"{tag.Key}={tag.Value}")),
    ]);

    public void Dispose()
    {
        spans.Dispose();
        figures.Dispose();
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var texts = new List<string>();
        foreach (var tag in tags) texts.Add($"{tag.Key}={tag.Value}");
        return string.Join(' ', texts);
    }
}
