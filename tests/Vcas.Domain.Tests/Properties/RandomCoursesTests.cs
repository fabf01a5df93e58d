using CsCheck;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Referrals;
using Vcas.Domain.Reporting;

namespace Vcas.Domain.Tests.Properties;

/// <summary>
/// Households whose course is drawn by lot, at instants that go forward; refused commands change nothing and are passed over.
/// After every step everything that must always hold is checked. A failure prints its seed.
/// </summary>
public sealed class RandomCoursesTests
{
    private static readonly Gen<(OfferDetails Details, CallBackPolicy Policy, int LateMinutes, Step[] Steps)> Courses = Gen.Select(
        Gen.Select(
            Gen.Frequency((6, Gen.Const(OfferAnswer.Declined)), (1, Gen.Int[0, 3].Select(answer => (OfferAnswer)answer))),
            Calendar.DueAfterTests.Instants,
            Gen.Int[0, 3])
            // One in four gives no number.
            .Select(drawn => Given.Details(drawn.Item1) is var details && drawn.Item3 > 0
                ? details with { OfferedAt = drawn.Item2 }
                : details with { OfferedAt = drawn.Item2, Contact = drawn.Item1 == OfferAnswer.Accepted ? details.Contact : null }),
        Gen.Select(Gen.Int[1, 30], Gen.Int[1, 4], Gen.Int[1, 3], Gen.Bool, (interval, attempts, days, optOut) => new CallBackPolicy
        {
            IntervalDays = interval,
            MaxAttempts = attempts,
            DaysBetweenAttempts = days,
            ReminderDays = days,
            SecondOfferDays = interval + days,
            ConsentModel = optOut ? ConsentModel.OptOut : ConsentModel.OptIn,
        }),
        Gen.Frequency((4, Gen.Int[0, 60]), (1, Gen.Int[0, 60 * 1440])),
        Step.Any.Array[0, 25]);

    [Fact]
    public void Whatever_happens_the_invariants_hold() => Courses.Sample((details, policy, late, steps) =>
    {
        var now = details.OfferedAt.AddMinutes(late);
        var trail = new List<RecordedEvent>();
        var before = default(Household);
        var household = Take(
            OfferTransitions.Record(Given.Id, details, Given.Team, policy, Given.SchemeStart, Given.Moment(now)), now, trail);
        Invariants.Check(before, household, trail, now);
        foreach (var step in steps)
        {
            before = household;
            now = step.InstantAfter(now, household);
            var command = step.CommandAt(Given.Moment(now), household);
            if (Try(command, household) is not { } transition) continue;

            Assert.True(
                transition.IsChange || ReferenceEquals(transition.Household, household), $"{step}: no event, and yet another offer");
            household = Take(transition, now, trail);
            Invariants.Check(before, household, trail, now);

            var again = Try(command, household);
            Assert.True(again is not { IsChange: true }, $"{step} at {now:u}: the same command again was a change: {Names(again)}");
        }
    }, iter: 6_000);

    [Fact]
    public void Every_kind_of_event_is_met_by_some_course()
    {
        var met = new System.Collections.Concurrent.ConcurrentDictionary<Type, bool>();
        Courses.Sample((details, policy, late, steps) =>
        {
            var now = details.OfferedAt.AddMinutes(late);
            var trail = new List<RecordedEvent>();
            var household = Take(
                OfferTransitions.Record(Given.Id, details, Given.Team, policy, Given.SchemeStart, Given.Moment(now)), now, trail);
            foreach (var step in steps)
            {
                now = step.InstantAfter(now, household);
                if (Try(step.CommandAt(Given.Moment(now), household), household) is { } transition) household = Take(
                    transition, now, trail);
            }

            foreach (var entry in trail) met[entry.Event.GetType()] = true;
        }, iter: 40_000);

        var all = typeof(HouseholdEvent).Assembly
            .GetTypes().Where(type => type.IsSubclassOf(typeof(HouseholdEvent))).Select(type => type.Name).Order();
        Assert.Equal(all, met.Keys.Select(type => type.Name).Order());
    }

    [Fact]
    public void Woken_as_planned_every_course_comes_to_an_end_or_to_somebody() => Courses.Sample((details, policy, late, steps) =>
    {
        // Nobody does anything; only time passes and messages leave. No plan may stand still or spin.
        var now = details.OfferedAt.AddMinutes(late);
        var household = OfferTransitions.Record(Given.Id, details, Given.Team, policy, Given.SchemeStart, Given.Moment(now)).Household;
        foreach (var step in steps)
        {
            now = step.InstantAfter(now, household);
            household = Try(step.CommandAt(Given.Moment(now), household), household)?.Household ?? household;
        }

        for (var wake = 0; wake < 8; wake++)
        {
            var plan = Plan.For(household);
            if (plan.Stage == Stage.Settled) return;
            if (plan.WakeAt > now) now = plan.WakeAt.Value;
            var moment = Given.Moment(now);
            if (plan.Stage == Stage.AwaitingUndo)
            {
                household = household.SettleAttempt(now);
                Assert.NotEqual(Stage.AwaitingUndo, Plan.For(household).Stage);
                continue;
            }

            var next = plan.Stage switch
            {
                Stage.AwaitingCall => household.StartCallBack(moment),
                Stage.AwaitingAttempt => household.Remind(moment),
                Stage.OnHold => household.ReviewHold(moment),
                Stage.AwaitingAnswer => household.ChaseAnswer(moment),
                Stage.AwaitingAcknowledgement => household.EscalateDanger(moment),
                Stage.AwaitingMeasure => household.RemindOfMeasure(moment),
                Stage.AwaitingWelfareContact => household.RemindOfWelfareContact(moment),
                Stage.AwaitingSafeRoute => household.RemindOfSafeRoute(moment),
                Stage.AwaitingDisclosureReview => household.ReviewDisclosureHold(moment),
                _ => household.MessageSent(household.Id, household.Outbox.First(dispatch => dispatch.IsMessage).Id, moment),
            };
            Assert.True(next.IsChange, $"Woken at {now:u} for {plan}, nothing changed: it would be woken for ever.");
            Assert.True(
                household.State != HouseholdState.Held || next.Household.Hold?.Reason == household.Hold!.Reason,
                $"A hold ended at {now:u}, and no person ended it.");
            household = next.Household;
        }
    }, iter: 2_500);

    [Fact]
    public void Put_right_nothing_waits_for_a_time_in_which_the_clock_ran_ahead() => Gen.Select(Courses, Gen.Int[1, 400], Gen.Int[0, 25])
        .Sample((course, daysAhead, rightSteps) =>
        {
            var (details, policy, late, steps) = course;
            var now = details.OfferedAt.AddMinutes(late);
            var trail = new List<RecordedEvent>();
            var household = Take(
                OfferTransitions.Record(Given.Id, details, Given.Team, policy, Given.SchemeStart, Given.Moment(now)), now, trail);
            var ahead = TimeSpan.Zero;
            for (var i = 0; i < steps.Length; i++)
            {
                if (i == rightSteps) ahead = TimeSpan.FromDays(daysAhead);
                // What happens while it runs ahead happens within the same hour.
                if (ahead == TimeSpan.Zero) now = steps[i].InstantAfter(now, household);
                if (Try(steps[i].CommandAt(Given.Moment(now + ahead), household), household) is { } change)
                    household = Take(change, now + ahead, trail);
            }

            var moment = Given.Moment(now);
            household = Take(household.PutRight(moment), now, trail);
            Assert.Equal(Recount.Of(household.Id, trail), HouseholdRecord.Of(household));
            Assert.Equal(trail.Count, household.Revision);
            Assert.Same(household, household.PutRight(moment).Household);
            // A call that nobody has made yet was due before that, or it is not due.
            var isRecordedThen = WrongClock.IsAhead(household.RecordedAt, now);
            if (household is { State: HouseholdState.Due, Attempts.Count: 0 } && !isRecordedThen)
                Assert.InRange(household.FirstDueAt!.Value, DateTimeOffset.MinValue, now + WrongClock.Skew);
            foreach (var clock in HouseholdClocks.Of(household))
            {
                var latest = clock.Stage switch
                {
                    Stage.AwaitingUndo => now + WrongClock.Skew,
                    Stage.AwaitingAcknowledgement => now.AddDays(1) + WrongClock.Skew,
                    // A working day comes after ten days at the latest, at Christmas.
                    Stage.AwaitingMeasure or Stage.AwaitingAttempt or Stage.AwaitingAnswer => now.AddDays(policy.AnswerDays + 10),
                    Stage.AwaitingWelfareContact => now.AddHours(policy.WelfareByHours).AddDays(10),
                    Stage.AwaitingSafeRoute => now.AddDays((2 * policy.SafeRouteDays3) + 10),
                    Stage.AwaitingDisclosureReview when household.DisclosureHold!.RemindAt is not null =>
                        now.AddDays(policy.ReminderDays + 10),
                    Stage.OnHold when household.KnownHold?.RemindAt is not null && !household.IsHeldForSupervisor =>
                        now.AddDays(policy.ReminderDays + 10),
                    _ => DateTimeOffset.MaxValue,
                };
                Assert.True(clock.WakeAt is null || clock.WakeAt <= latest, $"At {now:u}, put right from {ahead}, waits for {clock}");
            }
        }, iter: 6_000);

    [Fact]
    public void What_is_undone_was_never_there() => Courses.Sample((details, policy, late, steps) =>
    {
        var now = details.OfferedAt.AddMinutes(late);
        var household = OfferTransitions.Record(Given.Id, details, Given.Team, policy, Given.SchemeStart, Given.Moment(now)).Household;
        foreach (var step in steps)
        {
            now = step.InstantAfter(now, household);
            var moment = Given.Moment(now);
            if (Try(step.CommandAt(moment, household), household) is not { IsChange: true } transition) continue;
            if (transition.Household.Undoable is { } undoable)
            {
                var undone = transition.Household.UndoAttempt(undoable.AttemptId, undoable.By, moment).Household;
                AssertSame(household.StartCallBack(moment).Household, undone);
            }

            household = transition.Household;
        }
    }, iter: 6_000);

    // Records compare lists by what they are, and not by what they hold.
    private static void AssertSame(Household before, Household undone)
    {
        Assert.Equal(before.Attempts, undone.Attempts);
        Assert.Equal(before.Referrals, undone.Referrals);
        Assert.Equal(before.Outbox.OrderBy(dispatch => dispatch.Id), undone.Outbox.OrderBy(dispatch => dispatch.Id));
        Assert.Equal(before, undone with
        {
            Attempts = before.Attempts,
            Referrals = before.Referrals,
            Outbox = before.Outbox,
            UndoneAttempts = before.UndoneAttempts,
            Undoable = before.Undoable,
            Revision = before.Revision,
        });
    }

    private static Household Take(Transition transition, DateTimeOffset now, List<RecordedEvent> trail)
    {
        trail.AddRange(transition.Events.Select(happened => new RecordedEvent(now, happened)));
        return transition.Household;
    }

    private static Transition? Try(Func<Household, Transition> command, Household household)
    {
        try
        {
            return command(household);
        }
        catch (RuleBrokenException)
        {
            return null;
        }
    }

    private static string Names(Transition? transition) =>
        string.Join(", ", transition?.Events.Select(happened => happened.GetType().Name) ?? []);
}
