using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Referrals;

namespace Vcas.Domain.Tests.Households;

/// <summary>
/// Referrals have ids, versions and answers of their own. So far a household has one; beside it the model takes another, for one of its
/// members, and what is said of the one changes nothing in the other.
/// </summary>
public sealed class ReferralsOfOneHouseholdTests
{
    private static readonly Guid Members = Guid.Parse("b0000000-0000-4000-8000-000000000002");

    [Fact]
    public void The_first_has_the_households_id_and_its_messages_say_which_and_in_which_version()
    {
        var course = new Course(Given.Details(OfferAnswer.Accepted))
            .Does((household, moment) => household.Amend(household.Details with { Contact = Given.OtherContact }, moment));
        Assert.Equal(Given.Id, Assert.Single(course.Household.Referrals).Id);
        Assert.Equal(
            [new DispatchedReferral(Given.Id, 1), new DispatchedReferral(Given.Id, 2)],
            course.Household.Outbox.Select(dispatch => dispatch.Referral!));
        Assert.All(new Course().Starts().Household.Outbox, notice => Assert.Null(notice.Referral));
    }

    [Fact]
    public void A_message_or_an_answer_about_one_changes_nothing_in_the_other()
    {
        var (household, moment) = Two();
        var sent = household.MessageSent(Members, "made", moment).Household;
        Assert.Equal(
            (ReferralState.ToSend, ReferralState.Sent), (sent.Referral!.State, sent.FindReferral(Members)!.State));
        Assert.Equal(["made"], sent.Outbox.Select(dispatch => dispatch.Id));
        Assert.Equal(Given.Id, sent.Outbox[0].Referral!.Id);

        var answer = new ReferralAnswer("m-1", ReferralAnswerKind.Rejected, Rejection: RejectionReason.AtCapacity);
        var answered = sent.ReceiveAnswer(Members, answer, moment).Household;
        Assert.Equal(
            (ReferralState.ToSend, ReferralState.Rejected), (answered.Referral!.State, answered.FindReferral(Members)!.State));
        // The same message id under the other referral is another message.
        Assert.True(answered.ReceiveAnswer(Given.Id, answer, moment).IsChange);
        Assert.Equal(4001, Given.RefusalOf(() => answered.ReceiveAnswer(Guid.NewGuid(), answer, moment)));
    }

    [Fact]
    public void The_next_answer_to_chase_is_the_earliest_and_only_those_that_are_late_are_chased()
    {
        var (household, moment) = Two();
        var first = household.MessageSent(Given.Id, "made", moment).Household;
        var later = moment with { Now = moment.Now.AddDays(1) };
        var both = first.MessageSent(Members, "made", later).Household;
        var plan = Plan.For(both);
        Assert.Equal((Stage.AwaitingAnswer, both.Referral!.AnswerDueAt), (plan.Stage, plan.WakeAt));

        var due = later with { Now = plan.WakeAt!.Value };
        var chased = both.ChaseAnswer(due).Household;
        Assert.Equal(due.Now, chased.Referral!.AnswerLateSince);
        Assert.Null(chased.FindReferral(Members)!.AnswerLateSince);
        Assert.Single(chased.Outbox, dispatch => dispatch.Kind == DispatchKind.AnswerMissing);
    }

    [Fact]
    public void Withdrawing_the_household_takes_back_whatever_stands()
    {
        var (household, moment) = Two();
        var closed = household.ReceiveAnswer(Members, new ReferralAnswer("m-1", ReferralAnswerKind.Closed), moment).Household;
        var withdrawn = Vcas.Domain.Offers.Withdrawals.Withdraw(closed, WithdrawalReason.Moved, moment).Household;
        Assert.Equal(
            (ReferralState.Withdrawn, ReferralState.Closed), (withdrawn.Referral!.State, withdrawn.FindReferral(Members)!.State));
        Assert.Equal(Given.Id, Assert.Single(withdrawn.Outbox).Referral!.Id);
    }

    private static (Household Household, Moment Moment) Two()
    {
        var course = new Course(Given.Details(OfferAnswer.Accepted));
        var members = course.Household.Referral! with { Id = Members };
        return (course.Household with
        {
            Referrals = [course.Household.Referral!, members],
            Outbox = [.. course.Household.Outbox, Dispatch.Made(members)],
        }, course.Moment);
    }
}
