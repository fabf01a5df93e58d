using Microsoft.Azure.Functions.Worker;
using VcasFunctions.Sealing;

namespace VcasFunctions.Nightly;

/// <summary>Every night: what has to be done to all records. Each step finds by itself what is left to do, so a night that was cut short is made up the next.</summary>
public sealed class TendRecords(SealRenewal seals)
{
    /// <summary>On the schedule of <c>Vcas:Nightly:Schedule</c>.</summary>
    [Function(nameof(TendRecords))]
    public Task RunAsync([TimerTrigger("%Vcas:Nightly:Schedule%")] TimerInfo timer, CancellationToken cancellation) => seals.RenewAsync(cancellation);
}
