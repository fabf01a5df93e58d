using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Referrals;

namespace Vcas.Domain.Tests.Stories;

/// <summary>Somebody knows of a danger: the same day somebody says what was done.</summary>
public sealed class MeasureStories
{
    [Theory]
    // A Monday morning: until that day is over, London's.
    [InlineData("2023-06-12 09:10", 4, "2023-06-13 00:00", "2023-06-13 09:00", "2023-06-14 09:00")]
    // Late in the evening: some hours all the same.
    [InlineData("2023-06-12 22:30", 4, "2023-06-13 02:30", "2023-06-13 09:00", "2023-06-14 09:00")]
    [InlineData("2023-06-12 22:30", 24, "2023-06-13 22:30", "2023-06-14 09:00", "2023-06-15 09:00")]
    [InlineData("2023-06-12 22:30", 1, "2023-06-13 00:00", "2023-06-13 09:00", "2023-06-14 09:00")]
    // A Friday: the reminder itself knows no weekend, those after it are for working mornings.
    [InlineData("2023-06-16 15:00", 4, "2023-06-17 00:00", "2023-06-19 09:00", "2023-06-20 09:00")]
    public void It_is_due_by_the_end_of_the_day_on_which_somebody_acknowledged_it(
        string acknowledged, int hours, string due, string next, string afterThat)
    {
        var course = InDanger(acknowledged, hours);
        course.Does((household, moment) => household.AcknowledgeDanger(moment)).Sends();
        Assert.Equal((Stage.AwaitingMeasure, Given.London(due)), (course.Plan.Stage, course.Plan.WakeAt!.Value));
        Assert.True(course.ChangesNothing((household, moment) => household.RemindOfMeasure(moment)));

        course.WhenItWakes().Does((household, moment) => household.RemindOfMeasure(moment));
        Assert.Equal([DispatchKind.MeasureMissing], course.Outbox);
        Assert.Equal(Given.London(next), course.Plan.WakeAt);
        course.Sends().WhenItWakes().Does((household, moment) => household.RemindOfMeasure(moment));
        // From the second time on, somebody else is told as well.
        Assert.Equal([DispatchKind.MeasureMissing, DispatchKind.MeasureStillMissing], course.Outbox);
        Assert.Equal(Given.London(afterThat), course.Plan.WakeAt);

        course.Does((household, moment) => household.RecordDangerAction(DangerAction.WelfareCheck, null, null, moment));
        Assert.Empty(course.Outbox);
        Assert.Equal(Stage.AwaitingWelfareContact, course.Plan.Stage);
        Assert.Null(course.Household.Danger!.MeasureDueAt);
    }

    [Fact]
    public void It_is_asked_for_beside_whatever_becomes_of_the_call()
    {
        Func<Course, Course>[] happenings =
        [
            course => course.Accepts(),
            course => course.Accepts().Withdraws(WithdrawalReason.NoLongerWanted),
            course => course.Withdraws(WithdrawalReason.DoNotContact),
            course => course.Starts().Attempts(CallOutcome.Declined),
            course => course.Starts().Attempts(CallOutcome.UnsafeToCall, HoldReason.BailChanged),
            course => course.Starts().Attempts(CallOutcome.Died),
        ];
        foreach (var happening in happenings)
        {
            var course = happening(InDanger("2023-06-12 09:10", 4));
            course.Does((household, moment) => household.AcknowledgeDanger(moment)).Sends();
            var due = course.Household.Danger!.MeasureDueAt!.Value;
            course.At(due).Does((household, moment) => household.RemindOfMeasure(moment));
            Assert.Contains(DispatchKind.MeasureMissing, course.Outbox);
        }
    }

    [Theory]
    [InlineData(OfferAnswer.DoNotContact)]
    [InlineData(OfferAnswer.Declined)]
    public void What_nobody_ever_says_keeps_no_data_for_ever(OfferAnswer answer)
    {
        var course = new Course(Given.Details(answer) with { Risks = [Risk.SelfHarm] });
        if (answer == OfferAnswer.Declined) course.Withdraws(WithdrawalReason.Moved);
        Assert.Equal(2011, course.IsRefused((household, moment) => household.Erase(ErasureReason.RetentionEnded, moment)));
        course.Does((household, moment) => household.AcknowledgeDanger(moment));
        // Whoever asks for it can say what was done first; a period ends by itself.
        Assert.Equal(2011, course.IsRefused((household, moment) => household.Erase(ErasureReason.DataSubjectRequest, moment)));
        course.Does((household, moment) => household.Erase(ErasureReason.RetentionEnded, moment));
        Assert.Equal((Stage.Settled, null), (course.Plan.Stage, course.Household.Danger!.MeasureDueAt));
    }

    public static TheoryData<Risk[], bool> Learned => new()
    {
        { [Risk.SelfHarm], false }, { [Risk.Violence, Risk.ChildAtRisk], false }, { [], true }, { [Risk.ChildAtRisk], true },
    };

    [Theory]
    [MemberData(nameof(Learned))]
    public void A_danger_is_recorded_whatever_has_become_of_the_household(Risk[] risks, bool isDirectVictim)
    {
        Course[] courses =
        [
            new(),
            new Course().Starts(),
            new Course().Starts().Attempts(CallOutcome.WrongNumber),
            new Course().Starts().Attempts(CallOutcome.Declined),
            new Course(Given.Details(OfferAnswer.DoNotContact)),
            new Course().Starts().Attempts(CallOutcome.Died),
            new Course().Withdraws(WithdrawalReason.RecordedInError),
            new Course().Accepts(),
            new Course().Accepts().Sends().Answers(ReferralAnswerKind.Rejected, "m-1", RejectionReason.AtCapacity),
            new Course().Accepts().Sends().Answers(ReferralAnswerKind.Closed, "m-1"),
            new Course().Accepts().Sends().Withdraws(WithdrawalReason.NoLongerWanted),
        ];
        foreach (var course in courses)
        {
            var (state, number) = (course.Household.State, course.Household.Details.Contact);
            course.Does((household, moment) => household.RecordDanger(risks, isDirectVictim, moment));
            Assert.Equal((state, number), (course.Household.State, course.Household.Details.Contact));
            Assert.Equal((1, course.Now.AddMinutes(30)), (course.Household.Danger!.Number, course.Household.Danger.EscalateAt!.Value));
            Assert.Contains(DispatchKind.DangerRecorded, course.Outbox);
            Assert.Equal(risks, course.Household.Details.Risks);
            Assert.Equal(isDirectVictim, course.Household.Details.ChildMayBeDirectVictim);
            // A phone that lost the answer sends it again.
            Assert.True(course.ChangesNothing((household, moment) => household.RecordDanger(risks, isDirectVictim, moment)));
        }
    }

    [Fact]
    public void One_that_was_seen_to_can_come_again_and_what_was_done_before_is_kept()
    {
        var course = new Course(Given.Details() with { Risks = [Risk.Other] })
            .Does((household, moment) => household.RecordDanger([Risk.SelfHarm], false, moment))
            .Does((household, moment) => household.RecordDangerAction(DangerAction.SafeguardingNotification, null, "SG-31", moment));
        course.At(course.Now.AddDays(4)).Does((household, moment) => household.RecordDanger([Risk.SelfHarm], false, moment));
        Assert.Equal((2, course.Now), (course.Household.Danger!.Number, course.Household.Danger.Since));
        Assert.Empty(course.Household.Danger.Measures);
        Assert.Equal("SG-31", Assert.Single(course.Household.Danger.EarlierMeasures).Reference);
        Assert.Equal([Risk.Other, Risk.SelfHarm], course.Household.Details.Risks);

        course.Does((household, moment) => household.RecordDangerAction(DangerAction.WelfareCheck, null, null, moment))
            .Does((household, moment) => household.RecordDanger([Risk.Violence], false, moment));
        Assert.Equal(2, course.Household.Danger!.EarlierMeasures.Count);
        Assert.Single(course.Household.Corrections, correction => correction.Was.Risks!.SequenceEqual([Risk.Other, Risk.SelfHarm]));
    }

    [Fact]
    public void Vcas_is_told_of_a_risk_and_not_of_what_its_message_does_not_hold()
    {
        var course = new Course().Accepts().Sends().Answers(ReferralAnswerKind.Accepted, "m-1");
        course.Does((household, moment) => household.RecordDanger([], childMayBeDirectVictim: true, moment));
        Assert.Equal([DispatchKind.DangerRecorded], course.Outbox);
        Assert.Equal(1, course.Household.Referral!.Version);
        course.Does((household, moment) => household.RecordDanger([Risk.Violence], false, moment));
        Assert.Equal([DispatchKind.ReferralAmended, DispatchKind.DangerRecorded], course.Outbox);
        Assert.Equal(2, course.Household.Referral!.Version);
    }

    [Fact]
    public void That_a_child_may_be_a_direct_victim_is_a_danger_whenever_it_comes_to_be_known()
    {
        var recorded = new Course(Given.Details(OfferAnswer.NotAsked) with { ChildMayBeDirectVictim = true });
        Assert.Equal(1, recorded.Household.Danger!.Number);
        var corrected = new Course();
        corrected.Does((household, moment) => household.Correct(household.Details with { ChildMayBeDirectVictim = true }, moment));
        Assert.Equal(1, corrected.Household.Danger!.Number);
        Assert.Equal(false, Assert.Single(corrected.Household.Corrections).Was.ChildMayBeDirectVictim);
        // That it is not so after all is no danger.
        corrected.Does((household, moment) => household.Correct(household.Details with { ChildMayBeDirectVictim = false }, moment));
        Assert.Equal(1, corrected.Household.Danger!.Number);
        corrected.Withdraws(WithdrawalReason.Moved)
            .Does((household, moment) => household.RecordDangerAction(DangerAction.None, NoActionReason.NoLongerTrue, null, moment))
            .Does((household, moment) => household.RecordDanger([], true, moment))
            .Does((household, moment) => household.AcknowledgeDanger(moment))
            .Does((household, moment) => household.Erase(ErasureReason.RetentionEnded, moment));
        Assert.False(corrected.Household.Details.ChildMayBeDirectVictim);
        Assert.Equal(2012, corrected.IsRefused((household, moment) => household.RecordDanger([Risk.Violence], true, moment)));
    }

    [Fact]
    public void A_second_telling_is_the_supervisors_as_well()
    {
        var course = new Course(Given.Details() with { Risks = [Risk.SelfHarm] }).Sends();
        var ids = new HashSet<string>();
        for (var time = 0; time < 4; time++)
        {
            course.WhenItWakes().Does((household, moment) => household.EscalateDanger(moment));
            Assert.Equal([DispatchKind.DangerRecorded, DispatchKind.DangerUnacknowledged], course.Outbox);
            Assert.All(course.Household.Outbox, dispatch => Assert.True(ids.Add(dispatch.Id)));
            course.Sends();
        }
    }

    private static Course InDanger(string london, int measureHours) => new(
        Given.Details() with { OfferedAt = Given.London(london), Risks = [Risk.Violence] },
        new CallBackPolicy { MeasureHours = measureHours, AcknowledgeMinutes = 1440 * 30 });
}
