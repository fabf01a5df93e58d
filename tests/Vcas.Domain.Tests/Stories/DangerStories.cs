using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Referrals;

namespace Vcas.Domain.Tests.Stories;

/// <summary>Somebody may come to harm before anybody phones.</summary>
public sealed class DangerStories
{
    public static TheoryData<Risk, OfferAnswer> Recorded => [.. from risk in new[] { Risk.SelfHarm, Risk.Violence, Risk.ChildAtRisk }
        from answer in Enum.GetValues<OfferAnswer>()
        select (risk, answer)];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Whatever_was_answered_the_supervisor_is_told_at_once_and_others_until_somebody_acknowledges(Risk risk, OfferAnswer answer)
    {
        // In the middle of the night: no calendar of call-back hours holds it up.
        var details = Given.Details(answer) with { OfferedAt = Given.London("2023-06-10 03:10"), Risks = [Risk.Other, risk] };
        var course = new Course(details, new CallBackPolicy { AcknowledgeMinutes = 25 });
        Assert.Contains(DispatchKind.DangerRecorded, course.Outbox);
        course.Sends();
        Assert.Equal((Stage.AwaitingAcknowledgement, Given.London("2023-06-10 03:35")), (course.Plan.Stage, course.Plan.WakeAt!.Value));

        Assert.True(course.ChangesNothing((household, moment) => household.EscalateDanger(moment)));
        course.WhenItWakes().Does((household, moment) => household.EscalateDanger(moment));
        Assert.Equal([DispatchKind.DangerRecorded, DispatchKind.DangerUnacknowledged], course.Outbox);
        // Twice as long each time, for a household that nobody answers for must not fill its trail.
        Assert.Equal(Given.London("2023-06-10 04:25"), course.Plan.WakeAt);
        course.WhenItWakes().Does((household, moment) => household.EscalateDanger(moment));
        Assert.Equal(Given.London("2023-06-10 06:05"), course.Plan.WakeAt);

        course.Does((household, moment) => household.AcknowledgeDanger(moment));
        Assert.Empty(course.Outbox);
        Assert.NotEqual(Stage.AwaitingAcknowledgement, course.Plan.Stage);
        Assert.True(course.ChangesNothing((household, moment) => household.AcknowledgeDanger(moment)));
        Assert.True(course.Household.Danger!.IsOpen);
        course.Does((household, moment) => household.RecordDangerAction(DangerAction.EmergencyService, null, null, moment));
        Assert.False(course.Household.Danger!.IsOpen);
    }

    [Fact]
    public void It_is_never_silent_for_longer_than_a_day()
    {
        var course = new Course(Given.Details() with { Risks = [Risk.SelfHarm] });
        for (var time = 0; time < 40; time++)
        {
            var before = course.Now;
            course.WhenItWakes();
            Assert.InRange(course.Now - before, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1));
            course.Does((household, moment) => course.Plan.Stage == Stage.AwaitingAcknowledgement ? household.EscalateDanger(moment)
                : household.State == HouseholdState.Due ? household.Remind(moment)
                : household.StartCallBack(moment));
        }

        Assert.True(course.Household.Danger!.Escalations > 15);
    }

    [Fact]
    public void A_correction_or_an_amendment_that_adds_such_a_risk_does_the_same_and_one_that_does_not_does_not()
    {
        var course = new Course(Given.Details() with { Risks = [Risk.Violence] })
            .Does((household, moment) => household.RecordDangerAction(DangerAction.WelfareCheck, null, null, moment));
        course.Does((household, moment) => household.Correct(household.Details with { Risks = [Risk.Other, Risk.Violence] }, moment));
        Assert.Equal((1, false), (course.Household.Danger!.Number, course.Household.Danger.IsOpen));
        course.At(course.Now.AddDays(2))
            .Does((household, moment) => household.Correct(household.Details with { Risks = [Risk.Violence, Risk.ChildAtRisk] }, moment));
        Assert.Equal(
            (2, course.Now, true), (course.Household.Danger!.Number, course.Household.Danger.Since, course.Household.Danger.IsOpen));
        Assert.Equal([DispatchKind.DangerRecorded], course.Outbox);

        var referred = new Course(Given.Details(OfferAnswer.Accepted)).Sends();
        referred.Does((household, moment) => household.Amend(household.Details with { Risks = [Risk.SelfHarm] }, moment));
        Assert.Equal([DispatchKind.ReferralAmended, DispatchKind.DangerRecorded], referred.Outbox);
    }

    [Fact]
    public void A_message_that_has_not_left_does_not_put_off_when_a_danger_is_told_of_again()
    {
        var course = new Course(Given.Details(OfferAnswer.Accepted) with { Risks = [Risk.ChildAtRisk] });
        var since = course.Household.Danger!.Since;
        Assert.Equal(
            (Stage.AwaitingSend, null, since.AddMinutes(30)), (course.Plan.Stage, course.Plan.WakeAt, course.Plan.UrgentAt!.Value));
        course.At(since.AddMinutes(30)).Does((household, moment) => household.EscalateDanger(moment));
        Assert.Equal((Stage.AwaitingSend, since.AddMinutes(90)), (course.Plan.Stage, course.Plan.UrgentAt!.Value));

        course.Sends();
        Assert.Equal(
            (Stage.AwaitingAcknowledgement, since.AddMinutes(90), null),
            (course.Plan.Stage, course.Plan.WakeAt!.Value, course.Plan.UrgentAt));
        course.Does((household, moment) => household.Amend(household.Details with { CrimeReference = "CRI/7" }, moment))
            .Does((household, moment) => household.AcknowledgeDanger(moment));
        Assert.Equal((Stage.AwaitingSend, null), (course.Plan.Stage, course.Plan.UrgentAt));
    }

    [Fact]
    public void Nothing_that_happens_to_the_call_takes_the_notice_away()
    {
        Func<Course, Course>[] happenings =
        [
            course => course.Accepts(),
            course => course.Withdraws(WithdrawalReason.Moved),
            course => course.Withdraws(WithdrawalReason.DoNotContact),
            course => course.Starts().Attempts(CallOutcome.NoAnswer),
            course => course.Starts().Attempts(CallOutcome.Declined),
            course => course.Starts().Attempts(CallOutcome.UnsafeToCall, HoldReason.BailChanged),
            course => course.Starts().WhenItWakes().Does((household, moment) => household.Remind(moment)),
            course => course.Accepts().Withdraws(WithdrawalReason.NoLongerWanted),
        ];
        foreach (var happening in happenings)
        {
            var course = happening(
                new Course(Given.Details() with { Risks = [Risk.SelfHarm] }, new CallBackPolicy { AcknowledgeMinutes = 1440 * 30 }));
            Assert.Contains(DispatchKind.DangerRecorded, course.Outbox);
        }
    }

    [Fact]
    public void Whoever_says_what_was_done_knows_of_it_and_the_same_again_changes_nothing()
    {
        var course = new Course(Given.Details() with { Risks = [Risk.ChildAtRisk] });
        course.Does((household, moment) => household.RecordDangerAction(DangerAction.SafeguardingNotification, null, "SG-7", moment));
        Assert.Equal(course.Now, course.Household.Danger!.AcknowledgedAt);
        Assert.Equal(
            ["OfferRecorded", "DangerRecorded", "DangerAcknowledged", "DangerActionRecorded", "WelfareContactPlanned"], course.Happened);
        Assert.True(course.ChangesNothing(
            (household, moment) => household.RecordDangerAction(DangerAction.SafeguardingNotification, null, "SG-7", moment)));
        course.Does((household, moment) => household.RecordDangerAction(DangerAction.SafeguardingNotification, null, "SG-8", moment));
        Assert.Equal(2, course.Household.Danger!.Measures.Count);
    }

    [Fact]
    public void Nobody_is_erased_while_nobody_knows_that_they_are_in_danger()
    {
        var course = new Course(Given.Details(OfferAnswer.DoNotContact) with { Risks = [Risk.SelfHarm] });
        Assert.Equal(2011, course.IsRefused((household, moment) => household.Erase(ErasureReason.RetentionEnded, moment)));
        course.Does((household, moment) => household.RecordDangerAction(DangerAction.SafeguardingNotification, null, "SG-7", moment));
        course.Does((household, moment) => household.Erase(ErasureReason.RetentionEnded, moment));
        Assert.Null(Assert.Single(course.Household.Danger!.Measures).Reference);
    }
}
