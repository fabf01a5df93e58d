using Microsoft.Extensions.Options;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Referrals;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Settings;
using VcasFunctions.Tables;

namespace VcasFunctions.Sweep;

/// <summary>
/// Does what should have been done: through the same transitions as the timer, which change nothing where it has been done.
/// </summary>
public sealed class LateStepRepair(
    HouseholdReader households, HouseholdCommands commands, CallGuard guard, IOptionsMonitor<SweepOptions> options, VcasSettings settings)
{
    /// <summary>Whether no team of today's would call the household.</summary>
    internal bool IsOfNoTeam(Household household) => household.IsOpen && !settings.Teams.IsCallBackTeam(household.Assignee.Team);

    /// <summary>Gives a household whose team is no more to one that calls.</summary>
    internal async Task PassOnAsync(Household household, SweepRun sweep, CancellationToken cancellation)
    {
        var teams = settings.Teams;
        var passed = await commands.ApplyAsync(
            sweep.Durable, household.Id, (orphan, _) => orphan.PassOn(teams), Actor.System, cancellation);
        if (passed.Revision != household.Revision) sweep.Counts.PassedOn();
    }

    /// <summary>
    /// Corrects dates that were reckoned by a clock that ran ahead. A first call that still lies ahead is reckoned anew, from the offer;
    /// one whose time has come is made like any other, and the rest is for a person to look at.
    /// </summary>
    internal async Task<Household> CorrectDatesAsync(StoredHousehold stored, SweepRun sweep, CancellationToken cancellation)
    {
        var (household, now) = (stored.Household, settings.Moment.Now);
        if (!ClockWatch.IsAhead(stored.ChangedAt, now)) return household;
        if (new FirstCallMustLieAhead(household, now).IsKept && household.State == HouseholdState.Waiting)
        {
            var after = await commands.ApplyAsync(
                sweep.Durable, household.Id, (early, moment) => early.ApplyPolicy(early.Policy, moment), Actor.System, cancellation);
            if (after.Revision != household.Revision)
            {
                sweep.Counts.CaughtUp();
                return after;
            }
        }

        sweep.Counts.Ahead(household.Id);
        return household;
    }

    /// <summary>
    /// Escalates a danger that nobody has acknowledged in time, whatever else the household waits for: a message that can't leave must not
    /// keep a danger from being known.
    /// </summary>
    internal async Task<Household> EscalateAsync(Household household, SweepRun sweep, CancellationToken cancellation)
    {
        if (!(household.Danger?.EscalateAt + Grace < settings.Moment.Now)) return household;
        var after = await commands.ApplyAsync(
            sweep.Durable, household.Id, (late, moment) => late.EscalateDanger(moment), Actor.System, cancellation);
        if (after.Revision != household.Revision) sweep.Counts.CaughtUp();
        return after;
    }

    /// <summary>Does what the household's timer should have done by now.</summary>
    internal async Task CatchUpAsync(Household household, Plan plan, SweepRun sweep, CancellationToken cancellation)
    {
        if (!(plan.WakeAt + Grace < settings.Moment.Now)) return;
        if (plan.Stage is Stage.AwaitingCall or Stage.AwaitingAttempt)
        {
            // Through the same door as the timer: there it is seen that a number must not be called.
            var after = plan.Stage == Stage.AwaitingCall
                ? await guard.StartCallBackAsync(household.Id, cancellation)
                : await guard.RemindAsync(household.Id, cancellation);
            if (after.Revision == household.Revision) return;
            await sweep.Durable.WakeHouseholdAsync(household, await households.ReadAsync(household.Id, cancellation), cancellation);
            sweep.Counts.CaughtUp();
            return;
        }

        Func<Household, Moment, Transition>? overdue = plan.Stage switch
        {
            Stage.OnHold => (late, moment) => late.ReviewHold(moment),
            Stage.AwaitingAnswer => (late, moment) => late.ChaseAnswer(moment),
            _ => null,
        };
        if (overdue is null) return;
        var caughtUp = await commands.ApplyAsync(sweep.Durable, household.Id, overdue, Actor.System, cancellation);
        if (caughtUp.Revision != household.Revision) sweep.Counts.CaughtUp();
    }

    private TimeSpan Grace => TimeSpan.FromMinutes(options.CurrentValue.GraceMinutes);
}
