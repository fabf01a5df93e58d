using Microsoft.Azure.Functions.Worker;
using VcasFunctions.Audit;
using VcasFunctions.Sealing;

namespace VcasFunctions.Nightly;

/// <summary>Every night: what has to be done to all records. Each step finds by itself what is left to do, so a night that was cut short is made up the next.</summary>
public sealed class TendRecords(SealRenewal seals, AuditAnchors anchors)
{
    /// <summary>On the schedule of <c>Vcas:Nightly:Schedule</c>.</summary>
    [Function(nameof(TendRecords))]
    public async Task RunAsync([TimerTrigger("%Vcas:Nightly:Schedule%")] TimerInfo timer, CancellationToken cancellation)
    {
        await anchors.AnchorAsync(cancellation);
        await seals.RenewAsync(cancellation);
    }
}
