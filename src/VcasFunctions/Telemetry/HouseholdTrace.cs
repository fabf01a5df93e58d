using System.Diagnostics;
using Azure.Messaging.ServiceBus;
using Vcas.Domain.Households;

namespace VcasFunctions.Telemetry;

/// <summary>
/// One household, one operation: its recording, each change in the weeks that follow, the message to VCAS and VCAS's answer share
/// a trace. The offer carries the trace it was recorded under, since nothing that runs lives as long as its three weeks. Spans name ids and
/// codes, never a person.
/// </summary>
public static class HouseholdTrace
{
    /// <summary>The source's name, for anyone who listens.</summary>
    public const string SourceName = "VcasFunctions";

    // As Azure's own Service Bus library writes and reads them.
    private const string DiagnosticId = "Diagnostic-Id";
    private const string TraceParent = "traceparent";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>The W3C traceparent of what is being done now; null if nobody traces.</summary>
    public static string? Current => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } ? id : null;

    /// <summary>Begins a step of a household that nobody knows yet.</summary>
    public static Activity? Begin(string name) => Source.StartActivity(name);

    /// <summary>
    /// Begins a step within the household's own operation. What has led to it (somebody's request, the sweep) may belong to
    /// another; then it is linked.
    /// </summary>
    public static Activity? Continue(string name, Household household, ActivityKind kind = ActivityKind.Internal)
    {
        if (!ActivityContext.TryParse(household.Trace, null, isRemote: true, out var own)) return Source.StartActivity(name, kind);
        var cause = Activity.Current is { IsStopped: false } current ? current.Context : default;
        if (cause.TraceId == own.TraceId) return Source.StartActivity(name, kind);
        return Source.StartActivity(name, kind, own, links: cause == default ? null : [new ActivityLink(cause)]);
    }

    /// <summary>Begins the taking in of a message, within the operation that its sender names.</summary>
    public static Activity? Receive(string name, ServiceBusReceivedMessage message)
    {
        var sender = (Property(message, TraceParent) ?? Property(message, DiagnosticId)) is { } id
            && ActivityContext.TryParse(id, null, isRemote: true, out var context) ? context : default;
        return Source.StartActivity(name, ActivityKind.Consumer, sender);
    }

    /// <summary>Writes on a message to which operation it belongs.</summary>
    public static void Stamp(ServiceBusMessage message)
    {
        if (Current is not { } id) return;
        message.ApplicationProperties[DiagnosticId] = id;
        message.ApplicationProperties[TraceParent] = id;
    }

    /// <summary>Says of a step which household it was about and what it came to.</summary>
    public static void RecordEvents(this Activity? span, Household household, IReadOnlyList<HouseholdEvent> events)
    {
        if (span is not { IsAllDataRequested: true }) return;
        span.SetTag("vcas.offer", household.Id.ToString("D"));
        span.SetTag("vcas.state", household.State.ToString());
        span.SetTag("vcas.events", string.Join(' ', events.Select(happened => happened.GetType().Name)));
    }

    private static string? Property(ServiceBusReceivedMessage message, string name) =>
        message.ApplicationProperties.TryGetValue(name, out var value) ? value as string : null;
}
