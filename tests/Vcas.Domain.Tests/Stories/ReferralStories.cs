using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Referrals;

namespace Vcas.Domain.Tests.Stories;

/// <summary>Referrals on their way to VCAS and back, over a queue that repeats, delays and reorders.</summary>
public sealed class ReferralStories
{
    [Fact]
    public void Made_sent_received_accepted_closed()
    {
        var course = Referred();
        Assert.Equal((Stage.AwaitingSend, null), (course.Plan.Stage, course.Plan.WakeAt));
        course.Sends();
        Assert.Equal((Stage.AwaitingAnswer, Given.London("2023-06-08 09:00")), (course.Plan.Stage, course.Plan.WakeAt!.Value));
        course.At(course.Now.AddHours(3)).Answers(ReferralAnswerKind.Received, "m-1");
        Assert.Equal(Stage.AwaitingAnswer, course.Plan.Stage);
        course.At(course.Now.AddHours(3)).Answers(ReferralAnswerKind.Accepted, "m-2");
        Assert.Equal(Stage.Settled, course.Plan.Stage);
        Assert.Equal(TimeSpan.FromHours(6), course.Record.AnsweredAt - course.Record.ReferredAt);
        Assert.Equal(ReferralState.Closed, course.Answers(ReferralAnswerKind.Closed, "m-3").Household.Referral!.State);
    }

    [Fact]
    public void Taken_back_before_it_left_tells_Vcas_nothing_but_that()
    {
        var course = Referred().Withdraws(WithdrawalReason.NoLongerWanted);
        Assert.Equal([DispatchKind.ReferralWithdrawn], course.Outbox);
        Assert.Equal(Stage.Settled, course.Sends().Plan.Stage);
        Assert.Null(course.Record.ReferredAt);
    }

    [Fact]
    public void Taken_back_while_it_was_leaving_is_written_down_as_disclosed()
    {
        var course = Referred()
            .Withdraws(WithdrawalReason.NoLongerWanted).Does((household, moment) => household.MessageSent(household.Id, "made", moment));
        Assert.Equal(course.Now, course.Record.ReferredAt);
        Assert.Equal([DispatchKind.ReferralWithdrawn], course.Outbox);
        Assert.True(course.ChangesNothing((household, moment) => household.MessageSent(household.Id, "made", moment)));
    }

    [Fact]
    public void Taken_back_after_it_left_closes_the_household_and_later_answers_change_nothing()
    {
        var course = Referred()
            .Sends().Does((household, moment) => household.WithdrawReferral(household.Id, WithdrawalReason.NeedsMet, moment));
        Assert.Equal((HouseholdState.Closed, ReferralState.Withdrawn), (course.Household.State, course.Household.Referral!.State));
        Assert.True(
            course.ChangesNothing((household, moment) => household.WithdrawReferral(household.Id, WithdrawalReason.NeedsMet, moment)));
        Assert.True(
            course.ChangesNothing((household, moment) => household.ReceiveAnswer(
                household.Id, new ReferralAnswer("m-9", ReferralAnswerKind.Accepted), moment)));
        Assert.Equal(Stage.Settled, course.Sends().Plan.Stage);
    }

    [Fact]
    public void Rejected_tells_the_supervisor_and_an_amendment_sends_it_again()
    {
        var course = Referred().Sends().Answers(ReferralAnswerKind.Rejected, "m-1", RejectionReason.InsufficientInformation);
        Assert.Equal([DispatchKind.ReferralRejected], course.Outbox);
        course.Sends().Does((household, moment) => household.Amend(household.Details with { CrimeReference = "CRI/0002/23" }, moment));
        Assert.Equal((ReferralState.ToSend, 2), (course.Household.Referral!.State, course.Household.Referral.Version));
        Assert.Equal("amended-2", Assert.Single(course.Household.Outbox).Id);
        course.Sends().Answers(ReferralAnswerKind.Accepted, "m-2");
        Assert.Equal((ReferralState.Accepted, null), (course.Household.Referral.State, course.Household.Referral.RejectionReason));
    }

    [Fact]
    public void Rejected_for_want_of_room_is_sent_again_unchanged()
    {
        var course = Referred().Sends().Answers(ReferralAnswerKind.Rejected, "m-1", RejectionReason.AtCapacity).Sends();
        Assert.Equal(
            ReferralState.ToSend, course.Does((household, moment) => household.Amend(household.Details, moment)).Household.Referral!.State);
        Assert.True(course.ChangesNothing((household, moment) => household.Amend(household.Details, moment)));
    }

    [Fact]
    public void A_rejection_delivered_again_after_the_amendment_rejects_nothing()
    {
        var course = Referred().Sends().Answers(ReferralAnswerKind.Rejected, "m-1", RejectionReason.Other).Sends()
            .Does((household, moment) => household.ChangeContact(Given.OtherContact, moment));
        var rejected = new ReferralAnswer("m-1", ReferralAnswerKind.Rejected, "V-1", RejectionReason.Other);
        Assert.True(course.ChangesNothing((household, moment) => household.ReceiveAnswer(household.Id, rejected, moment)));
        Assert.True(course.Sends().ChangesNothing((household, moment) => household.ReceiveAnswer(household.Id, rejected, moment)));
        Assert.Equal(Stage.AwaitingAnswer, course.Plan.Stage);
    }

    [Fact]
    public void A_late_answer_from_before_VCAS_was_asked_again_is_superseded()
    {
        var course = Referred().Sends()
            .Answers(ReferralAnswerKind.Rejected, "m-1", RejectionReason.InsufficientInformation, version: 1).Sends()
            .Does((household, moment) => household.ChangeContact(Given.OtherContact, moment)).Sends();
        Assert.True(course.ChangesNothing((household, moment) =>
            household.ReceiveAnswer(
                household.Id, new ReferralAnswer("m-late", ReferralAnswerKind.Rejected, null, RejectionReason.Other, Version: 1), moment)));
        Assert.Equal(ReferralState.Accepted, course.Answers(ReferralAnswerKind.Accepted, "m-2", version: 2).Household.Referral!.State);
    }

    [Fact]
    public void A_decision_taken_before_an_amendment_arrived_stands()
    {
        var course = Referred().Sends().Does((household, moment) => household.ChangeContact(Given.OtherContact, moment)).Sends();
        Assert.Equal(ReferralState.Accepted, course.Answers(ReferralAnswerKind.Accepted, "m-1", version: 1).Household.Referral!.State);
    }

    [Fact]
    public void An_amendment_of_what_VCAS_has_accepted_asks_nothing()
    {
        var course = Referred().Sends().Answers(ReferralAnswerKind.Accepted, "m-1")
            .Does((household, moment) => household.ChangeContact(Given.OtherContact, moment));
        Assert.Equal("amended-2", Assert.Single(course.Household.Outbox).Id);
        Assert.Equal(ReferralState.Accepted, course.Sends().Household.Referral!.State);
        Assert.Equal(Stage.Settled, course.Plan.Stage);
    }

    [Fact]
    public void Answers_repeated_and_out_of_order_end_in_the_same_place()
    {
        var course = Referred().Sends().Answers(ReferralAnswerKind.Accepted, "m-2");
        Assert.True(
            course.ChangesNothing((household, moment) => household.ReceiveAnswer(
                household.Id, new ReferralAnswer("m-1", ReferralAnswerKind.Received), moment)));
        Assert.True(
            course.ChangesNothing((household, moment) => household.ReceiveAnswer(
                household.Id, new ReferralAnswer("m-2", ReferralAnswerKind.Accepted), moment)));
        course.Answers(ReferralAnswerKind.Closed, "m-3");
        Assert.True(
            course.ChangesNothing((household, moment) => household.ReceiveAnswer(
                household.Id, new ReferralAnswer("m-4", ReferralAnswerKind.Accepted), moment)));
        Assert.Equal(ReferralState.Closed, course.Household.Referral!.State);
    }

    [Theory]
    [InlineData(ReferralAnswerKind.Received, ReferralState.Received)]
    [InlineData(ReferralAnswerKind.Accepted, ReferralState.Accepted)]
    [InlineData(ReferralAnswerKind.Rejected, ReferralState.Rejected)]
    public void An_answer_that_overtakes_our_own_note_of_sending_stands(ReferralAnswerKind kind, ReferralState state)
    {
        var course = Referred().Answers(kind, "m-1", RejectionReason.Other).Sends();
        Assert.Equal((state, course.Now), (course.Household.Referral!.State, course.Household.Referral.FirstSentAt!.Value));
        Assert.Equal(state == ReferralState.Received ? Given.London("2023-06-08 09:00") : null, course.Plan.WakeAt);
    }

    [Fact]
    public void A_missing_answer_is_chased_every_two_working_days_until_it_comes()
    {
        var course = Referred().Sends();
        Assert.True(course.ChangesNothing((household, moment) => household.ChaseAnswer(moment)));
        for (var time = 0; time < 3; time++)
        {
            course.WhenItWakes().Does((household, moment) => household.ChaseAnswer(moment));
            Assert.Equal([DispatchKind.AnswerMissing], course.Outbox);
            Assert.True(course.Plan.WakeAt > course.Now);
            course.Sends();
        }

        Assert.Equal(Given.London("2023-06-14 09:00"), course.Now); // 8, 12 and 14 June
        Assert.Null(course.Answers(ReferralAnswerKind.Accepted, "m-1").Plan.WakeAt);
    }

    [Fact]
    public void A_change_before_the_first_version_left_sends_both_in_order_and_says_which_left()
    {
        var course = Referred().Does((household, moment) => household.ChangeContact(Given.OtherContact, moment));
        Assert.Equal(["made", "amended-2"], course.Household.Outbox.Select(dispatch => dispatch.Id));
        course.Does((household, moment) => household.MessageSent(household.Id, "made", moment));
        Assert.Equal((ReferralState.ToSend, new ReferralSent(1)), (course.Household.Referral!.State, course.Trail[^1].Event));
        course.Does((household, moment) => household.MessageSent(household.Id, "amended-2", moment));
        Assert.Equal((ReferralState.Sent, new ReferralSent(2)), (course.Household.Referral.State, course.Trail[^1].Event));
    }

    [Fact]
    public void A_notice_is_no_message_and_a_message_no_notice()
    {
        var due = new Course().Starts();
        Assert.True(due.ChangesNothing((household, moment) => household.MessageSent(household.Id, household.Outbox[0].Id, moment)));
        Assert.Empty(due.Household.NoticeSent(due.Household.Outbox[0].Id).Outbox);
        Assert.Single(Referred().Household.NoticeSent("made").Outbox);
        var late = Referred().Sends().WhenItWakes().Does((household, moment) => household.ChaseAnswer(moment));
        Assert.True(late.ChangesNothing((household, moment) => household.MessageSent(household.Id, household.Outbox[0].Id, moment)));
    }

    private static Course Referred() => new Course(Given.Details(OfferAnswer.Accepted));
}
