using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Stories;

/// <summary>What was recorded wrongly, or closed by mistake, is put right, and what it was is not forgotten.</summary>
public sealed class CorrectionStories
{
    private static readonly HouseholdMembers Two = new(
        [new HouseholdMember(Relationship.Partner, AgeBand.Adult), new HouseholdMember(Relationship.Child, AgeBand.Under5)]);

    [Fact]
    public void What_it_was_is_kept_beside_what_it_is()
    {
        var course = new Course();
        course.Does(
            (household, moment) => household.Correct(household.Details with { CrimeReference = "CRI/0009/23", Members = Two }, moment));
        course.At(course.Now.AddHours(1)).Does((household, moment) => household.ChangeContact(Given.OtherContact, moment));
        Assert.Equal(["OfferRecorded", "DetailsCorrected", "ContactChanged"], course.Happened);
        Assert.Equal(("CRI/0009/23", Two), (course.Household.Details.CrimeReference, course.Household.Details.Members));

        var (first, second) = (course.Household.Corrections[0], course.Household.Corrections[1]);
        Assert.Equal([DetailField.CrimeReference, DetailField.Household], first.Fields);
        Assert.Equal(("CRI/0001/23", HouseholdMembers.Unknown, null), (first.Was.CrimeReference, first.Was.Members, first.Was.Contact));
        Assert.Equal([DetailField.Contact], second.Fields);
        Assert.Equal(Given.Contact, second.Was.Contact);
        Assert.True(course.ChangesNothing((household, moment) => household.Correct(household.Details, moment)));
    }

    [Fact]
    public void Where_VCAS_has_the_referral_it_is_amended()
    {
        var course = new Course(Given.Details(OfferAnswer.Accepted)).Sends();
        course.Does((household, moment) => household.Correct(household.Details with { CrimeReference = "CRI/0009/23" }, moment));
        Assert.Equal([DispatchKind.ReferralAmended], course.Outbox);
        Assert.Equal("CRI/0001/23", Assert.Single(course.Household.Corrections).Was.CrimeReference);
    }

    [Fact]
    public void Of_the_officer_in_the_case_VCAS_is_not_told_and_erasure_takes_the_name()
    {
        var course = new Course(Given.Details(OfferAnswer.Accepted)).Sends();
        course.Does((household, moment) => household.Correct(household.Details with { OfficerInCase = "DC Robin Invented" }, moment));
        Assert.Empty(course.Outbox);
        Assert.Equal([DetailField.OfficerInCase], Assert.Single(course.Household.Corrections).Fields);
        Assert.Equal("DC Robin Invented", course.Household.Details.OfficerInCase);

        var closed = new Course(Given.Details() with { OfficerInCase = "DC Robin Invented" }).Withdraws(WithdrawalReason.Moved);
        closed.Does((household, moment) => household.Erase(ErasureReason.DataSubjectRequest, moment));
        Assert.Null(closed.Household.Details.OfficerInCase);
    }

    [Fact]
    public void What_can_not_be_right_or_has_ended_is_refused()
    {
        var course = new Course();
        var children = new HouseholdMembers([new HouseholdMember(Relationship.Child, AgeBand.From5To11)]);
        Assert.Equal(
            2002, course.IsRefused((household, moment) => household.Correct(household.Details with { Members = children }, moment)));
        course.Withdraws(WithdrawalReason.Moved);
        Assert.Equal(
            2005, course.IsRefused((household, moment) => household.Correct(household.Details with { CrimeReference = null }, moment)));
    }

    [Fact]
    public void Of_many_corrections_the_newest_are_kept_and_erasure_takes_them_all()
    {
        var course = new Course();
        for (var number = 0; number < 40; number++)
        {
            var reference = $"CRI/1{number:D3}/23";
            course.Does((household, moment) => household.Correct(household.Details with { CrimeReference = reference }, moment));
        }

        Assert.Equal(30, course.Household.Corrections.Count);
        Assert.Equal("CRI/1038/23", course.Household.Corrections[^1].Was.CrimeReference);
        course.Withdraws(WithdrawalReason.Duplicate)
            .Does((household, moment) => household.Erase(ErasureReason.DataSubjectRequest, moment));
        Assert.Empty(course.Household.Corrections);
    }

    [Theory]
    [InlineData(WithdrawalReason.RecordedInError)]
    [InlineData(WithdrawalReason.Moved)]
    [InlineData(WithdrawalReason.Died)]
    public void What_was_withdrawn_by_mistake_waits_for_its_time_and_counts_again(WithdrawalReason reason)
    {
        var course = new Course().Withdraws(reason).At(Given.OfferedAt.AddDays(2));
        course.Does((household, moment) => household.Reopen(ReopeningReason.ClosedInError, moment));
        Assert.Equal(
            (HouseholdState.Waiting, Given.DueAt, true), (course.Household.State, course.Household.CallFrom, course.Record.IsCounted));
        Assert.Equal((Stage.AwaitingCall, Given.DueAt), (course.Plan.Stage, course.Plan.WakeAt!.Value));
        course.Starts();
        Assert.Equal(HouseholdState.Due, course.Household.State);
    }

    [Fact]
    public void Where_its_time_has_passed_it_is_due_in_the_next_call_back_hours()
    {
        var course = new Course().Starts().Attempts(CallOutcome.Died).At(Given.London("2023-07-01 12:00"));
        course.Does((household, moment) => household.Reopen(ReopeningReason.WrongHousehold, moment));
        Assert.Equal(Given.London("2023-07-03 09:00"), course.Household.CallFrom);
        course.Starts().Attempts(CallOutcome.Accepted);
        Assert.Equal(ReferralState.ToSend, course.Household.Referral!.State);
    }
}
