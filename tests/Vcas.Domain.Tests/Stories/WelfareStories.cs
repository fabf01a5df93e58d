using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Stories;

/// <summary>Some days after a danger somebody asks how they are, apart from the offer.</summary>
public sealed class WelfareStories
{
    [Theory]
    // A Monday morning, and what was done the same day.
    [InlineData("2023-06-12 09:10", "2023-06-13 09:10", "2023-06-15 09:10", "2023-06-16 09:00")]
    // At night nobody is asked how they are.
    [InlineData("2023-06-12 22:30", "2023-06-14 08:00", "2023-06-16 08:00", "2023-06-16 09:00")]
    [InlineData("2023-06-12 03:15", "2023-06-13 08:00", "2023-06-15 08:00", "2023-06-15 09:00")]
    // A danger knows no weekend; the reminders after its time are for working mornings.
    [InlineData("2023-06-16 15:00", "2023-06-17 15:00", "2023-06-19 15:00", "2023-06-20 09:00")]
    // The clocks go forward meanwhile: a day is a day.
    [InlineData("2024-03-30 12:00", "2024-03-31 13:00", "2024-04-02 13:00", "2024-04-03 09:00")]
    public void It_is_made_one_to_three_days_after_the_danger(string recorded, string from, string by, string next)
    {
        var course = InDanger(recorded).Does((household, moment) => household.RecordDangerAction(
            DangerAction.EmergencyService, null, null, moment));
        Assert.Equal((Stage.AwaitingWelfareContact, Given.London(from)), (course.Plan.Stage, course.Plan.WakeAt!.Value));
        Assert.True(course.ChangesNothing((household, moment) => household.RemindOfWelfareContact(moment)));
        Assert.Equal(2026, course.IsRefused(Makes(WelfareOutcome.SpokenTo)));

        course.WhenItWakes().Does((household, moment) => household.RemindOfWelfareContact(moment));
        Assert.Equal([DispatchKind.WelfareContactDue], course.Outbox);
        Assert.Equal(Given.London(by), course.Plan.WakeAt);
        course.Sends().WhenItWakes().Does((household, moment) => household.RemindOfWelfareContact(moment));
        // Its time is over: somebody else is told as well.
        Assert.Equal([DispatchKind.WelfareContactDue, DispatchKind.WelfareContactMissing], course.Outbox);
        Assert.Equal(Given.London(next), course.Plan.WakeAt);

        course.Does(Makes(WelfareOutcome.SpokenTo));
        Assert.Empty(course.Outbox);
        Assert.Equal((Stage.AwaitingCall, false), (course.Plan.Stage, course.Household.Danger!.NeedsSomebody));
        // It was no call-back, and no offer.
        Assert.Empty(course.Household.Attempts);
        Assert.Equal(1, course.Household.RealOffers);
    }

    [Theory]
    [InlineData(WelfareOutcome.SpokenTo, false)]
    [InlineData(WelfareOutcome.SeenByAnother, false)]
    [InlineData(WelfareOutcome.NotPossible, false)]
    [InlineData(WelfareOutcome.NoAnswer, true)]
    [InlineData(WelfareOutcome.UnsafeToContact, true)]
    public void Whoever_reached_nobody_tries_again(WelfareOutcome outcome, bool remains)
    {
        var course = SeenTo("2023-06-12 09:10").WhenItWakes().Does(Makes(outcome));
        Assert.Equal(remains, course.Household.Danger!.NeedsSomebody);
        // A phone that lost the answer sends it again; the same id for something else is a mistake.
        Assert.True(course.ChangesNothing(Makes(outcome)));
        Assert.Equal(2028, course.IsRefused(Makes(outcome, AttemptWay.Visit)));
        course.Does(Makes(WelfareOutcome.SpokenTo, number: 2));
        Assert.Equal([outcome, WelfareOutcome.SpokenTo], course.Household.Danger!.Welfare!.Attempts.Select(made => made.Outcome));
    }

    [Fact]
    public void Before_anybody_gets_in_touch_somebody_checks_that_it_is_safe()
    {
        var course = SeenTo("2023-06-12 09:10").WhenItWakes();
        Assert.Equal(2027, course.IsRefused(Makes(WelfareOutcome.NoAnswer, isChecked: false)));
        course.Does(Makes(WelfareOutcome.UnsafeToContact, isChecked: false));
        Assert.True(course.Household.Danger!.NeedsSomebody);
    }

    [Fact]
    public void Nobody_gets_in_touch_with_who_asked_for_no_contact_and_nobody_asks_the_dead()
    {
        Func<Course, Course>[] endings =
        [
            course => course.Withdraws(WithdrawalReason.DoNotContact),
            course => course.RingsUs(CallOutcome.DoNotContact),
            course => course.Withdraws(WithdrawalReason.Died),
        ];
        foreach (var ending in endings)
        {
            var before = ending(InDanger("2023-06-12 09:10")).Does(IsSeenTo);
            Assert.Equal((Stage.Settled, 2025), (before.Plan.Stage, before.IsRefused(Makes(WelfareOutcome.SpokenTo))));
            var told = SeenTo("2023-06-12 09:10").WhenItWakes().Does((household, moment) => household.RemindOfWelfareContact(moment));
            var after = ending(told);
            Assert.Equal((Stage.Settled, false), (after.Plan.Stage, after.Household.Danger!.NeedsSomebody));
            Assert.DoesNotContain(DispatchKind.WelfareContactDue, after.Outbox);
        }
    }

    [Fact]
    public void It_is_asked_for_beside_whatever_else_becomes_of_the_call()
    {
        Func<Course, Course>[] happenings =
        [
            course => course.Accepts().Sends(),
            course => course.Withdraws(WithdrawalReason.Moved),
            course => course.Starts().Attempts(CallOutcome.UnsafeToCall, HoldReason.BailChanged),
        ];
        foreach (var happening in happenings)
        {
            var course = SeenTo("2023-06-12 09:10");
            var from = course.Household.Danger!.Welfare!.From;
            happening(course).At(from > course.Now ? from : course.Now)
                .Does((household, moment) => household.RemindOfWelfareContact(moment));
            Assert.Contains(DispatchKind.WelfareContactDue, course.Outbox);
        }
    }

    [Fact]
    public void Where_there_was_no_danger_nobody_has_to_ask()
    {
        foreach (var reason in Enum.GetValues<NoActionReason>())
        {
            var course = InDanger("2023-06-12 09:10")
                .Does((household, moment) => household.RecordDangerAction(DangerAction.None, reason, null, moment));
            Assert.Equal(
                reason is NoActionReason.AlreadySeenTo or NoActionReason.Other, course.Household.Danger!.NeedsSomebody);
        }

        // Whoever finds that out later says so, and is asked no more.
        var seen = SeenTo("2023-06-12 09:10").Does(
            (household, moment) => household.RecordDangerAction(DangerAction.None, NoActionReason.RecordedInError, null, moment));
        Assert.False(seen.Household.Danger!.NeedsSomebody);
    }

    [Fact]
    public void Another_danger_has_a_welfare_contact_of_its_own_and_a_period_that_ends_takes_it_away()
    {
        var course = SeenTo("2023-06-12 09:10").WhenItWakes()
            .Does((household, moment) => household.RecordDanger([Risk.SelfHarm], false, moment));
        Assert.Null(course.Household.Danger!.Welfare);
        course.Does(IsSeenTo);
        Assert.Equal(course.Now.AddDays(1), course.Household.Danger!.Welfare!.From);

        course.Withdraws(WithdrawalReason.Moved);
        Assert.Equal(2011, course.IsRefused((household, moment) => household.Erase(ErasureReason.DataSubjectRequest, moment)));
        course.Does((household, moment) => household.Erase(ErasureReason.RetentionEnded, moment));
        Assert.Equal(Stage.Settled, course.Plan.Stage);
    }

    private static Course InDanger(string london) => new(
        Given.Details() with { OfferedAt = Given.London(london), Risks = [Risk.Violence] },
        new CallBackPolicy { AcknowledgeMinutes = 1440 * 30 });

    private static Course SeenTo(string london) => InDanger(london).Does(IsSeenTo);

    private static Transition IsSeenTo(Household household, Moment moment) =>
        household.RecordDangerAction(DangerAction.WelfareCheck, null, null, moment);

    private static Func<Household, Moment, Transition> Makes(
        WelfareOutcome outcome, AttemptWay by = AttemptWay.Phone, bool isChecked = true, int number = 1) =>
        (household, moment) => household.RecordWelfareContact(new Guid(number, 0, 0, new byte[8]), outcome, by, isChecked, moment);
}
