using Microsoft.DurableTask.Client;
using Vcas.Domain.Households;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Settings;

namespace VcasFunctions.Households;

/// <summary>Applies commands to households: those that come from outside, and those that time asks for.</summary>
public sealed class HouseholdCommands(HouseholdChanges changes, ReadLog reads, VcasSettings settings)
{
    /// <summary>Applies a command that came from outside, and lets the household's orchestration know.</summary>
    /// <exception cref="Vcas.Domain.RuleBrokenException">A rule refuses it.</exception>
    public async Task<Household> ApplyAsync(
        DurableTaskClient durable, Guid id, Func<Household, Moment, Transition> command, Actor actor, CancellationToken cancellation)
    {
        var (before, after) = await changes.ChangeAsync(durable, id, command, actor, cancellation);
        if (after.Revision != before.Revision) await durable.WakeHouseholdAsync(before, after, cancellation);
        // A change stands in the trail with whoever made it. Where nothing changed, somebody is still answered with the household.
        else if (actor.Id is not null) await reads.RecordAnsweredAgainAsync(id, actor, cancellation);
        return after;
    }

    /// <summary>
    /// The same on behalf of somebody signed in, who finds nothing where the household is not theirs, and gets to know of it what is
    /// theirs to know.
    /// </summary>
    public async Task<Household> ApplyAsync(
        DurableTaskClient durable,
        Guid id,
        Func<Household, Moment, Transition> command,
        RequestAccess access,
        CancellationToken cancellation) =>
        access.Redact(await ApplyAsync(durable, id, access.Guard(command), access.Actor, cancellation), settings.Moment.Now);

    /// <summary>Applies what time asks for, on the orchestration's behalf, and answers what it has to wait for next.</summary>
    public Task<Plan> AdvanceAsync(Guid id, Func<Household, Moment, Transition> command, CancellationToken cancellation) =>
        AdvanceAsync(id, command, known: null, cancellation);

    /// <summary>The same for a household that was read just now.</summary>
    internal async Task<Plan> AdvanceAsync(
        Guid id, Func<Household, Moment, Transition> command, StoredHousehold? known, CancellationToken cancellation)
    {
        var (_, after) = await changes.ChangeAsync(durable: null, id, command, Actor.System, cancellation, known);
        return Plan.For(after);
    }

    /// <summary>Stores that something has left the house which is no event in the household's course.</summary>
    /// <param name="id">The offer.</param>
    /// <param name="note">What to note.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="known">The household as it was read just now, to save reading it again.</param>
    public Task UpdateWithoutEventAsync(
        Guid id, Func<Household, Household> note, CancellationToken cancellation, StoredHousehold? known = null) =>
        changes.ChangeAsync(durable: null, id, (household, _) => new Transition(note(household), []), Actor.System, cancellation, known);
}
