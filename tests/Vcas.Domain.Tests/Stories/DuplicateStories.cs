using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Stories;

/// <summary>One household that was recorded twice.</summary>
public sealed class DuplicateStories
{
    internal static readonly Guid OtherId = Guid.Parse("b0000000-0000-4000-8000-000000000002");

    private static readonly OfferDetails WithoutMuch = Given.Details() with { Contact = null, CrimeReference = null };

    [Fact]
    public void What_only_the_other_record_knows_goes_over_and_nothing_that_is_known_is_replaced()
    {
        var kept = new Course(WithoutMuch with { Risks = [Risk.CourtDatePending] });
        var other = Other(
            kept.Moment, with: details => details with { Risks = [Risk.SuspectMayReturn], OfficerInCase = "DC Robin Invented" });
        kept.Does((household, moment) => household.TakeOver(other, moment));
        Assert.Equal(
            (Given.Contact.Phone, "CRI/0001/23", null),
            (kept.Household.Details.NumberToCall, kept.Household.Details.CrimeReference, kept.Household.RouteTask));
        Assert.Equal("DC Robin Invented", kept.Household.Details.OfficerInCase);
        Assert.Equal([Risk.CourtDatePending, Risk.SuspectMayReturn], kept.Household.Details.Risks);
        Assert.Equal(new MergedDuplicate(OtherId, kept.Now, null), Assert.Single(kept.Household.Duplicates));
        Assert.True(kept.ChangesNothing((household, moment) => household.TakeOver(other, moment)));

        var full = new Course(
            Given.Details() with { Contact = Given.OtherContact, CrimeReference = "CRI/0009/23", OfficerInCase = "DS Kim Invented" });
        full.Does((household, moment) => household.TakeOver(
            Other(moment, with: details => details with { OfficerInCase = "DC Robin Invented" }), moment));
        Assert.Equal("DS Kim Invented", full.Household.Details.OfficerInCase);
        Assert.Equal(
            (Given.OtherContact, "CRI/0009/23"), (full.Household.Details.Contact, full.Household.Details.CrimeReference));
    }

    [Fact]
    public void The_other_record_ends_as_a_duplicate_and_counts_in_no_figure()
    {
        var duplicate = new Course();
        duplicate.Does((household, moment) => household.MergeInto(Other(moment), moment));
        Assert.Equal(
            (ClosingReason.Withdrawn, WithdrawalReason.Duplicate, OtherId),
            (duplicate.Household.Closing!.Reason, duplicate.Household.Closing.Withdrawal, duplicate.Household.Closing.DuplicateOf));
        Assert.False(duplicate.Record.IsCounted);
        Assert.True(duplicate.ChangesNothing((household, moment) => household.MergeInto(Other(moment), moment)));
        // A mistake is undone like any other.
        duplicate.Does((household, moment) => household.Reopen(ReopeningReason.ClosedInError, moment));
        Assert.Equal((HouseholdState.Waiting, true), (duplicate.Household.State, duplicate.Record.IsCounted));
    }

    [Fact]
    public void One_that_was_taken_back_as_a_duplicate_before_is_told_of_which()
    {
        var duplicate = new Course().Withdraws(WithdrawalReason.Duplicate);
        duplicate.Does((household, moment) => household.MergeInto(Other(moment), moment));
        Assert.Equal(OtherId, duplicate.Household.Closing!.DuplicateOf);
        Assert.Equal(1, duplicate.Happened.Count(name => name == nameof(OfferWithdrawn)));
    }

    [Fact]
    public void A_danger_that_somebody_must_act_on_is_told_of_here_also_where_the_risk_was_known()
    {
        var kept = new Course(Given.Details() with { Risks = [Risk.SelfHarm] });
        kept.Does((household, moment) => household.AcknowledgeDanger(moment))
            .Does((household, moment) => household.RecordDangerAction(DangerAction.WelfareCheck, null, null, moment));
        var other = Other(kept.Moment, with: details => details with { Risks = [Risk.SelfHarm] });
        kept.Does((household, moment) => household.TakeOver(other, moment));
        Assert.Equal((2, null), (kept.Household.Danger!.Number, kept.Household.Danger.AcknowledgedAt));
        Assert.Single(kept.Household.Danger.EarlierMeasures);

        // Once it was dealt with here, the same record brings it no second time.
        kept.Does((household, moment) => household.RecordDangerAction(DangerAction.EmergencyService, null, null, moment));
        Assert.True(kept.ChangesNothing((household, moment) => household.TakeOver(other, moment)));
    }

    [Fact]
    public void A_hold_goes_over_and_a_wrong_number_only_with_its_number()
    {
        var held = Other(Given.Moment(Given.OfferedAt));
        held = held.PlaceHold(HoldReason.SuspectAtAddress, Given.OfferedAt.AddDays(9), Given.Moment(Given.OfferedAt)).Household;
        var kept = new Course();
        kept.Does((household, moment) => household.TakeOver(held, moment));
        Assert.Equal(
            (HoldReason.SuspectAtAddress, Given.OfferedAt.AddDays(9)), (kept.Household.Hold!.Reason, kept.Household.Hold.ReviewAt));

        var wrong = Other(Given.Moment(Given.OfferedAt));
        wrong = wrong.PlaceHold(HoldReason.WrongNumber, Given.OfferedAt.AddDays(9), Given.Moment(Given.OfferedAt)).Household;
        Assert.Equal(HoldReason.WrongNumber, TakenOver(Given.Contact).Hold!.Reason);
        Assert.Null(TakenOver(Given.OtherContact).Hold);
        Assert.Null(TakenOver(null).Details.Contact);

        Household TakenOver(SafeContact? contact) => new Course(Given.Details() with { Contact = contact })
            .Does((household, moment) => household.TakeOver(wrong, moment)).Household;
    }

    [Fact]
    public void Never_in_either_wins_unless_they_said_yes_since()
    {
        var kept = new Course();
        var never = Other(kept.Moment, OfferAnswer.DoNotContact);
        kept.Does((household, moment) => household.TakeOver(never, moment));
        Assert.Equal((ClosingReason.DoNotContact, null), (kept.Household.Closing!.Reason, kept.Household.CallFrom));

        var duplicate = new Course().Does((household, moment) => household.MergeInto(never, moment));
        Assert.Equal(
            (ClosingReason.DoNotContact, WithdrawalReason.Duplicate, OtherId),
            (duplicate.Household.Closing!.Reason, duplicate.Household.Closing.Withdrawal, duplicate.Household.Closing.DuplicateOf));
        Assert.False(duplicate.Record.IsCounted);
        duplicate.Does((household, moment) => household.TakeNeverBack(NeverTakenBackReason.HouseholdAsked, moment));

        var since = new Course().At(Given.OfferedAt.AddDays(2)).Accepts();
        since.Does((household, moment) => household.TakeOver(never, moment));
        Assert.Equal(HouseholdState.Referred, since.Household.State);
    }

    [Fact]
    public void Of_two_referrals_the_duplicates_is_taken_back_and_VCAS_is_told_what_is_new_of_the_other()
    {
        var kept = new Course().Accepts().Sends();
        var other = Other(kept.Moment, OfferAnswer.Accepted, details => details with { Risks = [Risk.SuspectMayReturn] });
        kept.Does((household, moment) => household.TakeOver(other, moment));
        Assert.Equal([DispatchKind.ReferralAmended], kept.Outbox);

        var duplicate = new Course().Accepts().Sends();
        duplicate.Does((household, moment) => household.MergeInto(other, moment));
        Assert.Equal(
            (ReferralState.Withdrawn, DispatchKind.ReferralWithdrawn),
            (duplicate.Household.Referral!.State, Assert.Single(duplicate.Outbox)));
    }

    /// <summary>Another record of the household of the stories.</summary>
    internal static Household Other(
        Moment moment, OfferAnswer answer = OfferAnswer.Declined, Func<OfferDetails, OfferDetails>? with = null) =>
        OfferTransitions.Record(
            OtherId, (with ?? (details => details))(Given.Details(answer)), Given.Team, Given.Policy, Given.SchemeStart, moment).Household;
}
