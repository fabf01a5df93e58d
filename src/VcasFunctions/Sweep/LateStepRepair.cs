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
    HouseholdReader households,
    HouseholdCommands commands,
    CallGuard guard,
    Claims claims,
    IOptionsMonitor<SweepOptions> options,
    VcasSettings settings)
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
    /// Corrects dates that were reckoned by a clock that ran ahead. A first call that still lies ahead, or fell due before its time, is
    /// reckoned anew, from the offer; one whose time has come is made like any other. So are the other dates that nobody chose: until when
    /// something can be undone, when somebody is told again. The rest is for a person to look at.
    /// </summary>
    internal async Task<Household> CorrectDatesAsync(StoredHousehold stored, SweepRun sweep, CancellationToken cancellation)
    {
        var household = stored.Household;
        var isAhead = ClockWatch.IsAhead(stored.ChangedAt, settings.Moment.Now);
        // Whoever is on the phone records what they hear: what is due meanwhile is looked at again in an hour.
        if (!ReferenceEquals(Corrected(household, settings.Moment).Household, household)
            && await claims.OfAsync(household, cancellation) is null)
        {
            var after = await commands.ApplyAsync(sweep.Durable, household.Id, Corrected, Actor.System, cancellation);
            sweep.Counts.CaughtUp();
            if (after.Revision != household.Revision) return after;
            // It is no event, so nobody has told the timer of it, which may rest until a time of then.
            await sweep.Durable.RestartHouseholdAsync(after);
            household = after;
        }

        if (isAhead) sweep.Counts.Ahead(household.Id);
        return household;

        Transition Corrected(Household early, Moment moment) => early.PutRight(moment).Then(right =>
            isAhead && right.State == HouseholdState.Waiting && new FirstCallMustLieAhead(right, moment.Now).IsKept
                ? right.ApplyPolicy(right.Policy, moment)
                : new Transition(right, []));
    }

    /// <summary>
    /// Does what should have been done by now: all that is late by those of the household's clocks, whichever of them its timer waits for.
    /// </summary>
    internal async Task<Household> CatchUpAsync(
        Household household, Func<Household, IEnumerable<HouseholdClock>> clocks, SweepRun sweep, CancellationToken cancellation)
    {
        foreach (var late in clocks(household).Where(clock => clock.WakeAt + Grace < settings.Moment.Now))
        {
            var after = late.Stage is Stage.AwaitingCall or Stage.AwaitingAttempt
                ? await CallAsync(household, late.Stage, sweep, cancellation)
                : await commands.ApplyAsync(sweep.Durable, household.Id, StepOf(late.Stage), Actor.System, cancellation);
            if (late.Stage == Stage.AwaitingUndo)
            {
                // It is no event, so nobody has told the timer of it.
                await sweep.Durable.WakeHouseholdAsync(household, after, cancellation);
                sweep.Counts.CaughtUp();
            }
            else if (after.Revision != household.Revision)
            {
                sweep.Counts.CaughtUp();
            }

            household = after;
        }

        return household;
    }

    // Through the same door as the timer: there it is seen that a number must not be called.
    private async Task<Household> CallAsync(Household household, Stage stage, SweepRun sweep, CancellationToken cancellation)
    {
        var plan = stage == Stage.AwaitingCall
            ? await guard.StartCallBackAsync(household.Id, cancellation)
            : await guard.RemindAsync(household.Id, cancellation);
        if (plan.Revision == household.Revision) return household;
        var after = await households.ReadAsync(household.Id, cancellation);
        await sweep.Durable.WakeHouseholdAsync(household, after, cancellation);
        return after;
    }

    private static Func<Household, Moment, Transition> StepOf(Stage stage) => stage switch
    {
        Stage.AwaitingUndo => (late, moment) => new Transition(late.SettleAttempt(moment.Now), []),
        Stage.OnHold => (late, moment) => late.ReviewHold(moment),
        Stage.AwaitingAnswer => (late, moment) => late.ChaseAnswer(moment),
        Stage.AwaitingAcknowledgement => (late, moment) => late.EscalateDanger(moment),
        Stage.AwaitingMeasure => (late, moment) => late.RemindOfMeasure(moment),
        Stage.AwaitingWelfareContact => (late, moment) => late.RemindOfWelfareContact(moment),
        Stage.AwaitingSafeRoute => (late, moment) => late.RemindOfSafeRoute(moment),
        Stage.AwaitingDisclosureReview => (late, moment) => late.ReviewDisclosureHold(moment),
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "Nothing is done about it by itself."),
    };

    private TimeSpan Grace => TimeSpan.FromMinutes(options.CurrentValue.GraceMinutes);
}
