using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Reporting;

namespace Vcas.Domain.Tests.Stories;

/// <summary>Yes, no, never, and not asked; and what a policy has to do with them.</summary>
public sealed class ConsentStories
{
    [Fact]
    public void Accepted_at_the_door_is_referred_at_once()
    {
        var course = new Course(Given.Details(OfferAnswer.Accepted));
        Assert.Equal((AcceptedWhen.AtOffer, Stage.AwaitingSend), (course.Record.AcceptedWhen!.Value, course.Plan.Stage));
        Assert.Equal(["OfferRecorded", "OfferAccepted"], course.Happened);
        Assert.Null(course.Household.DueAt);
    }

    [Fact]
    public void Accepted_before_the_call_ends_the_waiting()
    {
        var course = new Course().At(Given.OfferedAt.AddDays(9)).Accepts(householdAsked: true);
        Assert.Equal(AcceptedWhen.BeforeCallBack, course.Record.AcceptedWhen);
        Assert.True(course.At(Given.DueAt).ChangesNothing((household, moment) => household.StartCallBack(moment)));
        Assert.Null(course.Record.CallBackDueAt);
    }

    [Fact]
    public void A_household_that_rings_on_the_day_before_anybody_called_still_came_forward_by_itself()
    {
        Assert.Equal(AcceptedWhen.BeforeCallBack, new Course().Starts().Accepts().Record.AcceptedWhen);
        Assert.Equal(AcceptedWhen.Later, new Course().Starts().Attempts(CallOutcome.NoAnswer).Accepts().Record.AcceptedWhen);
    }

    [Theory]
    [InlineData(CallOutcome.Declined)]
    [InlineData(CallOutcome.NoAnswer)]
    public void Accepted_long_after_declining_or_not_being_reached(CallOutcome outcome)
    {
        var course = new Course(policy: new CallBackPolicy { MaxAttempts = 1 })
            .Starts().Attempts(outcome).At(Given.DueAt.AddDays(200)).Accepts();
        Assert.Equal((AcceptedWhen.Later, HouseholdState.Referred), (course.Record.AcceptedWhen!.Value, course.Household.State));
        Assert.Null(course.Household.Closing);
    }

    [Fact]
    public void Accepting_again_changes_nothing_and_a_safer_number_is_not_lost()
    {
        var course = new Course().Accepts().Sends();
        Assert.True(
            course.At(course.Now.AddHours(1))
                .ChangesNothing((household, moment) => household.Accept(moment.Now, false, null, null, moment)));
        var same = Given.Contact with { SafeTimes = [new SafeTime([DayOfWeek.Wednesday], new TimeOnly(10, 0), new TimeOnly(12, 0))] };
        Assert.True(course.ChangesNothing((household, moment) => household.Accept(moment.Now, false, same, null, moment)));
        course.Accepts(contact: Given.OtherContact);
        Assert.Equal([DispatchKind.ReferralAmended], course.Outbox);
        Assert.Equal(Given.OtherContact, course.Household.Details.Contact);
    }

    [Theory]
    [InlineData(HoldReason.SuspectAtAddress, Risk.SuspectAtAddress)]
    [InlineData(HoldReason.BailChanged, Risk.SuspectMayReturn)]
    [InlineData(HoldReason.ChargeOrCourtDate, Risk.CourtDatePending)]
    [InlineData(HoldReason.ChildrensServices, Risk.ChildrensServicesInvolved)]
    [InlineData(HoldReason.Unsafe, Risk.Other)]
    public void What_held_our_call_is_a_risk_that_Vcas_is_told_of(HoldReason reason, Risk risk)
    {
        var course = new Course().Does((household, moment) => household.PlaceHold(reason, moment.Now.AddDays(7), moment))
            .Accepts(householdAsked: true);
        Assert.Equal([risk], course.Household.Details.Risks);
    }

    [Fact]
    public void Do_not_contact_never_produces_a_plan_with_a_call()
    {
        Course[] courses =
        [
            new(Given.Details(OfferAnswer.DoNotContact)),
            new(Given.Details(OfferAnswer.DoNotContact) with { Contact = Given.Contact }),
            new Course().Withdraws(WithdrawalReason.DoNotContact),
            new Course().Starts().Attempts(CallOutcome.DoNotContact),
            new Course().Starts().Attempts(CallOutcome.Declined).Withdraws(WithdrawalReason.DoNotContact),
        ];
        foreach (var course in courses)
        {
            Assert.Equal((Stage.Settled, ClosingReason.DoNotContact), (course.Plan.Stage, course.Household.Closing!.Reason));
            Assert.Null(course.Household.CallFrom);
            Assert.Empty(course.Outbox);
            course.At(course.Now.AddYears(1));
            Assert.True(course.ChangesNothing((household, moment) => household.StartCallBack(moment)));
            Assert.True(course.ChangesNothing((household, moment) => household.Remind(moment)));
        }
    }

    [Fact]
    public void Declined_now_is_not_do_not_contact() => Assert.Equal(Stage.AwaitingCall, new Course(Given.Details()).Plan.Stage);

    [Theory]
    [InlineData(ConsentModel.OptIn, HouseholdState.Waiting)]
    [InlineData(ConsentModel.OptOut, HouseholdState.Referred)]
    public void A_household_that_could_not_be_asked_is_called_or_referred_by_policy(ConsentModel model, HouseholdState state) =>
        Assert.Equal(state, new Course(Given.Details(OfferAnswer.NotAsked), new CallBackPolicy { ConsentModel = model }).Household.State);

    [Fact]
    public void Whoever_was_not_asked_has_not_accepted()
    {
        var course = new Course(Given.Details(OfferAnswer.NotAsked), new CallBackPolicy { ConsentModel = ConsentModel.OptOut });
        var line = UptakeReport.Of([course.Record], UptakeBy.Total)[0];
        Assert.Equal(
            (AcceptedWhen.NotAsked, 1, 0, 1, 0),
            (course.Record.AcceptedWhen!.Value, line.Offers, line.Accepted, line.ReferredUnasked, line.Uptake));
    }

    [Fact]
    public void A_number_that_nobody_may_use_is_not_kept() =>
        Assert.Null(new Course(Given.Details(OfferAnswer.DoNotContact) with { Contact = Given.Contact }).Household.Details.Contact);

    [Fact]
    public void Opt_out_never_overrides_a_no()
    {
        var optOut = new CallBackPolicy { ConsentModel = ConsentModel.OptOut };
        Assert.Equal(HouseholdState.Waiting, new Course(Given.Details(), optOut).Household.State);
        Assert.Equal(HouseholdState.Closed, new Course(Given.Details(OfferAnswer.DoNotContact), optOut).Household.State);
    }

    [Fact]
    public void Children_are_reached_through_their_guardian()
    {
        var course = new Course(Given.OnlyChildren(Given.Contact with { IsGuardian = true })).Starts().Attempts(CallOutcome.Accepted);
        Assert.Equal(Stage.AwaitingSend, course.Plan.Stage);
        Assert.Equal(2002, course.IsRefused((household, moment) => household.ChangeContact(Given.OtherContact, moment)));
    }

    [Fact]
    public void A_new_policy_does_not_alter_a_household_that_waits_unless_a_command_says_so()
    {
        var renewed = new CallBackPolicy { IntervalDays = 28, MaxAttempts = 1 };
        var course = new Course();
        _ = new Course(policy: renewed);
        Assert.Equal((Given.DueAt, 3), (course.Plan.WakeAt!.Value, course.Household.Policy.MaxAttempts));
        course.Does((household, moment) => household.ApplyPolicy(renewed, moment));
        Assert.Equal((Given.London("2023-07-04 09:00"), renewed), (course.Plan.WakeAt!.Value, course.Household.Policy));
        Assert.True(course.ChangesNothing((household, moment) => household.ApplyPolicy(renewed, moment)));
        course.Starts().Attempts(CallOutcome.NoAnswer);
        Assert.Equal(ClosingReason.NotReached, course.Household.Closing?.Reason);
    }

    [Fact]
    public void An_interval_cut_short_makes_nobody_late_at_once()
    {
        var course = new Course().At(Given.OfferedAt.AddDays(18))
            .Does((household, moment) => household.ApplyPolicy(new CallBackPolicy { IntervalDays = 14 }, moment));
        Assert.Equal(Given.London("2023-06-26 09:00"), course.Plan.WakeAt);
        course.Starts();
        Assert.True(course.Household.OverdueAt > course.Now);
    }

    [Fact]
    public void A_first_call_that_was_reckoned_by_a_clock_that_ran_ahead_is_reckoned_anew_under_the_same_policy()
    {
        var ahead = new Course(recordedAt: Given.OfferedAt.AddDays(300));
        Assert.True(ahead.Plan.WakeAt > Given.OfferedAt.AddDays(299));
        var now = Given.Moment(Given.OfferedAt.AddDays(2));
        var right = ahead.Household.ApplyPolicy(ahead.Household.Policy, now);
        Assert.Equal(Given.DueAt, Plan.For(right.Household).WakeAt);
        Assert.Single(right.Events);
        Assert.Empty(right.Household.ApplyPolicy(right.Household.Policy, now).Events);
    }

    [Fact]
    public void A_held_household_keeps_its_hold_when_the_policy_changes()
    {
        var course = new Course().Does((household, moment) => household.PlaceHold(HoldReason.Unsafe, moment.Now.AddDays(3), moment))
            .Does((household, moment) => household.ApplyPolicy(new CallBackPolicy { IntervalDays = 28 }, moment));
        Assert.Equal(HouseholdState.Held, course.Household.State);
        course.WhenItWakes().Does((household, moment) => household.ReleaseHold(moment));
        Assert.Equal(Given.London("2023-07-04 09:00"), course.Plan.WakeAt);
    }
}
