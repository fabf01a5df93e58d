using System.Diagnostics;

namespace VcasFunctions.Telemetry;

/// <summary>
/// Takes over from a caller which operation a request belongs to, and nothing else. The free texts that W3C lets travel beside that
/// (<c>baggage</c> and <c>tracestate</c>) are whoever's who wrote them: they would be in every span, and go out again with each call to
/// Microsoft Graph.
/// </summary>
internal sealed class TraceContextOnlyPropagator : DistributedContextPropagator
{
    private readonly DistributedContextPropagator w3c = CreateW3CPropagator();

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Fields => w3c.Fields;

    /// <inheritdoc/>
    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter) =>
        w3c.Inject(activity, carrier, setter);

    /// <inheritdoc/>
    public override void ExtractTraceIdAndState(
        object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState)
    {
        w3c.ExtractTraceIdAndState(carrier, getter, out traceId, out _);
        traceState = null;
    }

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
