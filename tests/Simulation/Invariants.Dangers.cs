using Vcas.Domain.Households;
using Vcas.Domain.Reporting;

namespace Simulation;

/// <summary>No danger is known to somebody and then forgotten.</summary>
internal sealed partial class Invariants
{
    // A London day is 25 hours long where summer time ends.
    private static readonly TimeSpan LongestDay = TimeSpan.FromHours(25);

    // Whoever knows of one says what was done, or is reminded of it by the end of the day.
    private void NoDangerIsForgotten(Household offer, IReadOnlyList<RecordedEvent> trail)
    {
        for (var i = 0; i < trail.Count; i++)
        {
            if (trail[i].Event is not DangerAcknowledged || trail[i].At > now - LongestDay - Overdue) continue;
            Must(
                trail.Skip(i).Any(entry => entry.Event is DangerActionRecorded or MeasureReminded or DangerRecorded or HouseholdErased),
                $"{offer.Id}: a danger is acknowledged, and nobody was reminded to say what was done: {Told(trail)}");
        }
    }

    // Where somebody is to ask how they are, somebody is told of it in time, unless it was made, or nobody is to ask any more.
    private void NoWelfareContactIsForgotten(Household offer, IReadOnlyList<RecordedEvent> trail)
    {
        for (var i = 0; i < trail.Count; i++)
        {
            if (trail[i].Event is not WelfareContactPlanned planned || planned.From > now - Overdue) continue;
            Must(
                trail.Skip(i).Any(entry => entry.Event is WelfareContactReminded or WelfareContactRecorded or DangerRecorded
                    or DangerActionRecorded { Action: DangerAction.None } or OfferClosed or OfferWithdrawn or HouseholdErased),
                $"{offer.Id}: a welfare contact is planned, and nobody was told when its time came: {Told(trail)}");
        }
    }
}
