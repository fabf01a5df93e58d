using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Stories;

/// <summary>What may have to be disclosed elsewhere is kept, whatever becomes of the household meanwhile.</summary>
public sealed class DisclosureStories
{
    [Fact]
    public void A_hold_stops_no_call_and_outlives_every_state()
    {
        var course = new Course().Does(Hold(DisclosureReason.Cpia, 300));
        Assert.Equal((Stage.AwaitingCall, Given.DueAt), (course.Plan.Stage, course.Plan.WakeAt!.Value));
        course.Starts().Attempts(CallOutcome.Accepted).Sends().Withdraws(WithdrawalReason.NoLongerWanted).Sends();
        Assert.Equal((HouseholdState.Closed, DisclosureReason.Cpia), (course.Household.State, course.Household.DisclosureHold!.Reason));
        Assert.Equal(Stage.AwaitingDisclosureReview, course.Plan.Stage);
    }

    [Fact]
    public void At_its_review_the_supervisor_is_told_every_working_day_until_somebody_decides()
    {
        var course = new Course().Withdraws(WithdrawalReason.Moved).Does(Hold(DisclosureReason.Mopi, 10));
        course.At(course.Now.AddDays(9)).ChangesNothing((household, moment) => household.ReviewDisclosureHold(moment));
        course.WhenItWakes().Does((household, moment) => household.ReviewDisclosureHold(moment));
        Assert.Equal([DispatchKind.DisclosureReview], course.Outbox);
        var first = course.Household.Outbox[0].Id;
        // The newer one takes the place of one that could not leave.
        course.WhenItWakes().Does((household, moment) => household.ReviewDisclosureHold(moment));
        Assert.Single(course.Outbox);
        Assert.NotEqual(first, course.Household.Outbox[0].Id);
        // That nobody could be told of it says nothing of a call.
        Assert.Null(course.Household.NoticeUndeliverable(course.Household.Outbox[0].Id, course.Now).UntoldSince);

        var since = course.Household.DisclosureHold!.Since;
        course.Does(Hold(DisclosureReason.Mopi, 365));
        Assert.Equal((since, null), (course.Household.DisclosureHold!.Since, course.Household.DisclosureHold.RemindAt));
        Assert.Empty(course.Outbox);
        course.Does((household, _) => household.ReleaseDisclosureHold());
        Assert.Equal(Stage.Settled, course.Plan.Stage);
        Assert.True(course.ChangesNothing((household, _) => household.ReleaseDisclosureHold()));
    }

    [Fact]
    public void That_somebody_asked_for_erasure_is_kept_once_and_through_a_review_put_off()
    {
        var course = new Course().Withdraws(WithdrawalReason.Moved);
        Assert.True(course.ChangesNothing((household, moment) => household.RememberErasureAsked(moment)));
        course.Does(Hold(DisclosureReason.Complaint, 30)).Does((household, moment) => household.RememberErasureAsked(moment));
        var asked = course.Now;
        course.At(asked.AddDays(2));
        Assert.True(course.ChangesNothing((household, moment) => household.RememberErasureAsked(moment)));
        course.Does(Hold(DisclosureReason.Complaint, 60));
        Assert.Equal(asked, course.Household.DisclosureHold!.ErasureAskedAt);
    }

    [Fact]
    public void What_they_said_is_corrected_without_asking_vcas_to_read_anything_again()
    {
        var yes = new Consent { YesTo = [ConsentTo.BeingReferred], By = ConsentBy.Themselves, How = ConsentHow.InPerson };
        var course = new Course(Given.Details(OfferAnswer.Accepted) with { Consents = [yes] }).Sends();
        Assert.Equal(["OfferRecorded", "OfferAccepted", "ConsentRecorded", "ReferralSent"], course.Happened);
        var corrected = yes with { By = ConsentBy.Guardian };
        course.Does((household, moment) => household.Correct(household.Details with { Consents = [corrected] }, moment));
        Assert.Equal((1, 0), (course.Household.Referral!.Version, course.Outbox.Count()));
        Assert.Equal([yes], course.Household.Corrections[0].Was.Consents!);
    }

    private static Func<Household, Moment, Transition> Hold(DisclosureReason reason, int days) =>
        (household, moment) => household.PlaceDisclosureHold(reason, moment.Now.AddDays(days), moment);
}
