using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Referrals;

namespace Vcas.Domain.Tests.Stories;

/// <summary>The queue between the force and VCAS does not do its part, and people do.</summary>
public sealed class HandoverStories
{
    [Fact]
    public void That_a_referral_does_not_leave_is_told_of_as_a_missing_answer_is()
    {
        // Accepted on a Tuesday morning, before the hours of calls.
        var course = new Course(Given.Details(OfferAnswer.Accepted)).AtLondon("2023-06-08 08:59");
        Assert.True(course.ChangesNothing((household, moment) => household.ChaseAnswer(moment)));
        course.AtLondon("2023-06-08 09:00").Does((household, moment) => household.ChaseAnswer(moment));
        Assert.Equal([DispatchKind.ReferralMade, DispatchKind.AnswerMissing], course.Outbox);
        Assert.Equal(course.Now, course.Household.Referral!.AnswerLateSince);

        // VCAS's own time begins when the queue has it.
        course.AtLondon("2023-06-09 15:00").Sends();
        Assert.Null(course.Household.Referral!.AnswerLateSince);
        Assert.Equal(Given.London("2023-06-13 15:00"), course.Household.Referral.AnswerDueAt);
    }

    [Fact]
    public void What_was_set_aside_is_sent_again_under_its_own_id()
    {
        var course = new Course(Given.Details(OfferAnswer.Accepted)).Sends();
        course.At(course.Now.AddHours(1)).Does((household, moment) => household.SendReferralAgain(household.Id, moment));
        Assert.Equal("made", Assert.Single(course.Household.Outbox).Id);
        Assert.True(course.ChangesNothing((household, moment) => household.SendReferralAgain(household.Id, moment)));
        course.Sends();
        Assert.Equal((ReferralState.Sent, course.Now), (course.Household.Referral!.State, course.Household.Referral.SentAt!.Value));
        Assert.Equal(["OfferRecorded", "OfferAccepted", "ReferralSent", "ReferralSentAgain", "ReferralSent"], course.Happened);

        // The newest version tells all; that it is taken back tells that.
        course.Does((household, moment) => household.Amend(household.Details with { CrimeReference = "TWO/2" }, moment)).Sends();
        course.At(course.Now.AddHours(1)).Does((household, moment) => household.SendReferralAgain(household.Id, moment));
        Assert.Equal("amended-2", Assert.Single(course.Household.Outbox).Id);
        course.Sends().Withdraws(WithdrawalReason.NoLongerWanted).Sends();
        course.At(course.Now.AddHours(1)).Does((household, moment) => household.SendReferralAgain(household.Id, moment));
        Assert.Equal(DispatchKind.ReferralWithdrawn, Assert.Single(course.Household.Outbox).Kind);
    }

    [Fact]
    public void What_is_handed_over_goes_by_the_queue_all_the_same()
    {
        var course = new Course(Given.Details(OfferAnswer.Accepted));
        course.Does((household, moment) => household.HandReferralOver(household.Id, moment));
        Assert.Equal((1, course.Now), (course.Household.Referral!.HandedOverVersion, course.Household.Referral.HandedOverAt!.Value));
        Assert.Equal([DispatchKind.ReferralMade], course.Outbox);
        Assert.True(course.ChangesNothing((household, moment) => household.HandReferralOver(household.Id, moment)));

        // Taken back before it ever left by the queue: whoever was given it has to hear of that.
        course.At(course.Now.AddHours(1)).Withdraws(WithdrawalReason.NoLongerWanted);
        course.Does((household, moment) => household.HandReferralOver(household.Id, moment));
        Assert.True(course.ChangesNothing((household, moment) => household.HandReferralOver(household.Id, moment)));
        Assert.Equal([DispatchKind.ReferralWithdrawn], course.Outbox);
    }
}
