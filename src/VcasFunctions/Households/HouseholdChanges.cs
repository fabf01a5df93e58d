using Microsoft.DurableTask.Client;
using Vcas.Domain.Households;
using VcasFunctions.Access;
using VcasFunctions.Problems;
using VcasFunctions.Settings;
using VcasFunctions.Telemetry;

namespace VcasFunctions.Households;

/// <summary>
/// Changes one household: read, decide, list, store, finish. The order is what makes a crash harmless: an offer stands in some list before
/// it is stored and until everything that follows from a change is done.
/// </summary>
public sealed class HouseholdChanges(HouseholdStore store, DerivedRows derived, NumberFollowUp numbers, VcasSettings settings)
{
    // Instances of the app may meet at one household; losing so often to them is a fault elsewhere.
    private const int Patience = 12;

    /// <summary>Changes a household. The same twice where the command changed nothing.</summary>
    /// <param name="durable">Wakes the other households of its number; null where the sweep does that.</param>
    /// <param name="id">The offer.</param>
    /// <param name="command">What to do.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="known">The household as it was read just now, to save reading it again; whoever was quicker is noticed as ever.</param>
    internal async Task<(Household Before, Household After)> ChangeAsync(
        DurableTaskClient? durable,
        Guid id,
        Func<Household, Moment, Transition> command,
        Actor actor,
        CancellationToken cancellation,
        StoredHousehold? known = null)
    {
        using var turn = await store.LockAsync(id, cancellation);
        for (var attempt = 0; attempt < Patience; attempt++)
        {
            var stored = attempt == 0 && known is not null ? known : await store.MustFindAsync(id, cancellation);
            using var span = HouseholdTrace.Continue("change a household", stored.Household);
            var moment = settings.Moment;
            var change = command(stored.Household, moment);
            if (ReferenceEquals(change.Household, stored.Household))
            {
                await numbers.AfterNoChangeAsync(stored.Household, actor, OthersBy(durable), cancellation);
                return (stored.Household, stored.Household);
            }

            var listed = await derived.PrepareAsync(stored.Household, change, moment.Now, cancellation);
            if (!await store.TryUpdateAsync(stored, change, actor, moment.Now, cancellation))
            {
                // Whoever was quicker has listed the offer; what was listed here for a change that never came is wrong.
                await derived.RestoreAsync(await store.MustFindAsync(id, cancellation), listed, cancellation);
                continue;
            }

            span.RecordEvents(change.Household, change.Events);
            Metrics.Count(change, moment.Now);
            var before = listed.IsLast && NumberFollowUp.AsksNeverToBeCalled(change.Household) ? null : stored.Household;
            var followUp = numbers.AfterChangeAsync(before, change.Household, actor, OthersBy(durable), cancellation);
            await derived.FinishAsync(stored.Household, change.Household, listed, followUp, cancellation);
            return (stored.Household, change.Household);
        }

        throw new ProblemException(Problem.Busy);
    }

    /// <summary>Changes a household on the system's behalf, and wakes it.</summary>
    internal async Task ChangeAndWakeAsync(
        DurableTaskClient? durable, Guid id, Func<Household, Moment, Transition> command, CancellationToken cancellation)
    {
        var (before, after) = await ChangeAsync(durable, id, command, Actor.System, cancellation);
        if (durable is not null && after.Revision != before.Revision) await durable.WakeHouseholdAsync(before, after, cancellation);
    }

    /// <summary>Does again what follows from how a household is. False where something is left to do.</summary>
    internal Task<bool> FollowUpAsync(DurableTaskClient durable, Household household, CancellationToken cancellation) =>
        numbers.AfterChangeAsync(before: null, household, Actor.System, OthersBy(durable), cancellation);

    /// <summary>Holds the other households of numbers that are never to be called. False where something is left to do.</summary>
    internal Task<bool> HoldOthersAsync(
        DurableTaskClient durable, Guid causedBy, IReadOnlyList<string> barred, Actor actor, CancellationToken cancellation) =>
        numbers.HoldOthersAsync(causedBy, barred, actor.Role, OthersBy(durable), cancellation);

    private ChangeOther OthersBy(DurableTaskClient? durable) =>
        (id, command, cancellation) => ChangeAndWakeAsync(durable, id, command, cancellation);
}
