using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Teams;

namespace Vcas.Domain.Tests.Stories;

/// <summary>What was recorded of the offer itself is put right while nobody has acted on it: the plan and the figures follow.</summary>
public sealed class RecordCorrectionStories
{
    private static readonly Team North = new("CID North", "Care officers", "officer-7", "supervisor-9");

    [Fact]
    public void The_offers_date_moves_the_first_call_and_what_it_was_is_kept()
    {
        var course = new Course().At(Given.OfferedAt.AddDays(2));
        course.Does(Corrects(new(OfferedAt: Given.OfferedAt.AddDays(-3))));
        Assert.Equal(["OfferRecorded", "RecordCorrected"], course.Happened);
        // Three weeks after 3 June is a Saturday; the call is due on the Monday.
        Assert.Equal(Given.At("2023-06-26 08:00"), course.Household.CallFrom);
        Assert.Equal(course.Household.DueAt, course.Household.CallFrom);
        Assert.Equal(Given.OfferedAt, Assert.Single(course.Household.Corrections).Was.OfferedAt);
        Assert.True(course.ChangesNothing(Corrects(new(OfferedAt: Given.OfferedAt.AddDays(-3)))));
        course.Starts();
        Assert.Equal(HouseholdState.Due, course.Household.State);
    }

    [Fact]
    public void Who_was_not_asked_after_all_hears_a_first_offer_and_the_figures_say_so()
    {
        var course = new Course();
        Assert.Equal((OfferTurn.Second, 1), (course.Household.NextOffer, course.Record.RealOffers));
        course.Does(Corrects(new(OfferAnswer.NotAsked)));
        Assert.Equal((OfferTurn.First, 0, false), (course.Household.NextOffer, course.Record.RealOffers, course.Record.WasAsked));
        course.Does(Corrects(new(OfferAnswer.Declined)));
        Assert.Equal((OfferTurn.Second, 1, true), (course.Household.NextOffer, course.Record.RealOffers, course.Record.WasAsked));
        Assert.Equal(Given.DueAt, course.Household.CallFrom);
    }

    [Fact]
    public void Another_team_is_recorded_with_its_supervisor_also_once_the_call_is_due()
    {
        var course = new Course().Starts().Does(Corrects(new(Team: North)));
        Assert.Equal(("CID North", "CID North"), (course.Household.Details.Team, course.Record.Team));
        Assert.Equal("supervisor-9", course.Household.Supervisor);
        Assert.Equal("OCAIT", Assert.Single(course.Household.Corrections).Was.Team);
        Assert.Equal(HouseholdState.Due, course.Household.State);
    }

    [Fact]
    public void A_held_household_stays_held_and_its_call_moves()
    {
        var course = new Course()
            .Does((household, moment) => household.HoldForSupervisor(HoldReason.NeverToBeCalled, Guid.NewGuid(), "officer", moment));
        course.Does(Corrects(new(OfferedAt: Given.OfferedAt.AddDays(-1), LawfulBasis: LawfulBasis.LegalObligation)));
        Assert.True(course.Household.IsHeldForSupervisor);
        Assert.Equal(Given.At("2023-06-26 08:00"), course.Household.CallFrom);
        Assert.Equal(LawfulBasis.LegalObligation, course.Household.Details.LawfulBasis);
    }

    [Fact]
    public void What_was_acted_on_or_can_not_be_right_is_refused()
    {
        var waiting = new Course().At(Given.OfferedAt.AddDays(1));
        Assert.Equal(2042, waiting.IsRefused(Corrects(new(OfferAnswer.Accepted))));
        Assert.Equal(2042, waiting.IsRefused(Corrects(new(OfferAnswer.DoNotContact))));
        Assert.Equal(2003, waiting.IsRefused(Corrects(new(OfferedAt: waiting.Now.AddHours(1)))));
        Assert.Equal(2043, waiting.IsRefused(Corrects(new(OfferedAt: Given.OfferedAt.AddHours(5)))));
        Assert.Equal(2004, waiting.IsRefused(Corrects(new(OfferedAt: Given.SchemeStart.AddDays(-1), IsDateConfirmed: true))));
        Assert.Equal(2041, waiting.IsRefused(Corrects(new(OfferedAt: Given.OfferedAt.AddYears(-1)))));
        Assert.Equal(0, waiting.IsRefused(Corrects(new(OfferedAt: Given.OfferedAt.AddYears(-1), IsDateConfirmed: true))));
        var due = new Course().Starts();
        Assert.Equal(2043, due.IsRefused(Corrects(new(OfferAnswer.NotAsked))));
        Assert.Equal(2043, due.IsRefused(Corrects(new(OfferedAt: Given.OfferedAt.AddDays(-1)))));
        Assert.Equal(2042, new Course().Accepts().IsRefused(Corrects(new(Team: North))));
        Assert.Equal(2005, new Course().Withdraws(WithdrawalReason.Moved).IsRefused(Corrects(new(Team: North))));
        var erased = new Course().Withdraws(WithdrawalReason.Moved)
            .Does((household, moment) => household.Erase(ErasureReason.DataSubjectRequest, moment));
        Assert.Equal(2012, erased.IsRefused(Corrects(new(Team: North))));
    }

    private static Func<Household, Moment, Transition> Corrects(RecordCorrection correction) =>
        (household, moment) => household.CorrectRecord(correction, Given.SchemeStart, moment);
}
