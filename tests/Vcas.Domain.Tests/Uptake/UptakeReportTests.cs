using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Reporting;

namespace Vcas.Domain.Tests.Uptake;

public sealed class UptakeReportTests
{
    [Fact]
    public void Without_households_the_total_is_a_line_of_noughts_and_the_rest_is_empty()
    {
        PracticeNoteTests.AssertLine(UptakeReport.Of([], UptakeBy.Total).Single(), "total", 0, 0, 0, 0, 0);
        Assert.Empty(UptakeReport.Of([], UptakeBy.Month));
    }

    [Fact]
    public void A_month_is_Londons_also_at_the_years_boundary_and_in_summer()
    {
        // Half past midnight on 1 July in London is still June by UTC; New Year's is the same by both.
        var lines = UptakeReport.Of(
            [Household("2023-12-31 23:59"), Household("2024-01-01 00:00"), Household("2023-06-30 22:59"), Household("2023-06-30 23:00")],
            UptakeBy.Month);
        Assert.Equal(["2023-06", "2023-07", "2023-12", "2024-01"], lines.Select(line => line.Group));
        Assert.All(lines, line => Assert.Equal(1, line.Offers));
    }

    [Theory]
    [InlineData(WithdrawalReason.RecordedInError, 0)]
    [InlineData(WithdrawalReason.Duplicate, 0)]
    [InlineData(WithdrawalReason.Moved, 1)]
    [InlineData(WithdrawalReason.DoNotContact, 1)]
    [InlineData(WithdrawalReason.NoLongerWanted, 1)]
    public void Mistakes_and_duplicates_do_not_count(WithdrawalReason reason, int offers)
    {
        var line = UptakeReport.Of([new Course().Accepts().Withdraws(reason).Record], UptakeBy.Total).Single();
        Assert.Equal((offers, offers), (line.Offers, line.Accepted));
    }

    [Fact]
    public void A_mistake_seen_after_the_end_no_longer_counts()
    {
        var course = new Course().Starts().Attempts(CallOutcome.Declined);
        Assert.Equal(1, UptakeReport.Of([course.Record], UptakeBy.Total).Single().Offers);
        Assert.Equal(0, UptakeReport.Of([course.Withdraws(WithdrawalReason.RecordedInError).Record], UptakeBy.Total).Single().Offers);
    }

    [Fact]
    public void Accepted_otherwise_is_what_was_neither_at_the_door_nor_at_the_call()
    {
        var line = UptakeReport.Of(
            [
                new Course(Given.Details(OfferAnswer.Accepted)).Record,
                new Course().Accepts().Record,
                new Course().Starts().Attempts(CallOutcome.Accepted).Record,
                new Course().Starts().Attempts(CallOutcome.Declined).Accepts().Record,
            ],
            UptakeBy.Total).Single();
        Assert.Equal(
            (1, 1, 2, 4, 100), (line.AcceptedAtOffer, line.AcceptedAtCallBack, line.AcceptedOtherwise, line.Accepted, line.Uptake));
    }

    [Theory]
    [InlineData(1, 200, 1)] // 0.5: halves upwards
    [InlineData(1, 3, 33)]
    [InlineData(2, 3, 67)]
    public void Uptake_is_in_whole_per_cent_halves_upwards(int accepted, int offers, int uptake) =>
        Assert.Equal(uptake, new UptakeLine { Group = "x", Accepted = accepted, Offers = offers }.Uptake);

    [Fact]
    public void A_financial_year_begins_in_April_by_Londons_clock() => Assert.Equal(
        [("1999/00", 1), ("2022/23", 2), ("2023/24", 1)],
        UptakeReport.Of(
            [
                // Half an hour before midnight UTC on 31 March it is April in London.
                Household("2022-03-31 23:30"), Household("2023-03-31 22:30"), Household("2023-04-01 10:00"), Household("1999-12-31 10:00"),
            ],
            UptakeBy.FinancialYear).Select(line => (line.Group, line.Offers)));

    [Fact]
    public void Households_without_a_safe_route_and_those_that_were_visited_are_counted()
    {
        var nameless = Given.Details() with { Contact = null };
        var found = new Course(nameless).Starts().Does((household, moment) => household.ChangeContact(Given.Contact, moment));
        var inTime = new Course(nameless).Does((household, moment) => household.ChangeContact(Given.Contact, moment)).Starts();
        var line = UptakeReport.Of(
            [
                new Course(nameless).Record, found.Record, inTime.Record,
                new Course(nameless with { Answer = OfferAnswer.Accepted }).Record,
                new Course(nameless).Starts().Visits(CallOutcome.Declined).Visits(CallOutcome.NoAnswer).Record,
                // Before it was due: no call-back.
                new Course().Visits(CallOutcome.NoAnswer).Record,
            ],
            UptakeBy.Total).Single();
        Assert.Equal((4, 1, 1), (line.NoSafeRoute, line.Visited, line.AcceptedAtOffer));
    }

    [Fact]
    public void Held_missed_open_not_asked_and_do_not_contact_are_counted()
    {
        var missed = new Course().Starts();
        missed.At(missed.Household.OverdueAt!.Value).Does((household, moment) => household.Remind(moment));
        var line = UptakeReport.Of(
            [
                missed.Record, new Course().Starts().Attempts(CallOutcome.UnsafeToCall, HoldReason.Unsafe).Record,
                new Course(Given.Details(OfferAnswer.NotAsked)).Record, new Course(Given.Details(OfferAnswer.DoNotContact)).Record,
            ],
            UptakeBy.Total).Single();
        Assert.Equal(
            (2, 0, 1, 1, 3, 1, 1),
            (line.CallBacksDue, line.Attempted, line.Held, line.Missed, line.Open, line.NotAsked, line.DoNotContact));
    }

    [Fact]
    public void A_household_from_before_the_system_is_not_recorded_only_where_a_call_was_due()
    {
        HouseholdRecord[] history =
        [
            Household("2022-03-01 10:00") with { IsHistory = true },
            Household("2022-03-02 10:00") with { IsHistory = true, Answer = OfferAnswer.Accepted, AcceptedWhen = AcceptedWhen.AtOffer },
            Household("2022-03-03 10:00") with { IsHistory = true, Answer = OfferAnswer.DoNotContact },
            Household("2022-03-04 10:00"),
        ];
        Assert.Equal(1, UptakeReport.Of(history, UptakeBy.Total).Single().NotRecorded);
    }

    [Fact]
    public void Medians_are_of_those_that_have_them()
    {
        var offered = Given.OfferedAt;
        var line = UptakeReport.Of(
            [
                Household("2023-06-06 05:40") with
                {
                    FirstAttemptAt = offered.AddDays(21), ReferredAt = offered, AnsweredAt = offered.AddDays(1),
                },
                Household("2023-06-06 05:40") with { FirstAttemptAt = offered.AddDays(24) },
                Household("2023-06-06 05:40"),
            ],
            UptakeBy.Total).Single();
        Assert.Equal((22.5, 1.0), (line.DaysToCall!.Value, line.DaysToAnswer!.Value));
        Assert.Null(UptakeReport.Of([Household("2023-06-06 05:40")], UptakeBy.Total).Single().DaysToCall);
    }

    [Fact]
    public void A_trail_that_does_not_begin_with_an_offer_is_no_trail()
    {
        Assert.Throws<ArgumentException>(() => Recount.Of(Given.Id, []));
        Assert.Throws<ArgumentException>(() => Recount.Of(Given.Id, [new RecordedEvent(Given.OfferedAt, new ContactChanged())]));
    }

    private static HouseholdRecord Household(string offeredAt) =>
        new() { Id = Guid.NewGuid(), OfferedAt = Given.At(offeredAt), Team = "OCAIT", Answer = OfferAnswer.Declined };
}
