using Vcas.Domain.Calendar;
using Vcas.Domain.Households;
using Vcas.Domain.Reporting;

namespace Vcas.Domain.Tests.Uptake;

/// <summary>The practice note's table, from 120 households that went the whole way.</summary>
public sealed class PracticeNoteTests
{
    private static readonly IReadOnlyList<HouseholdRecord> Households =
    [
        .. Period(new DateOnly(2022, 1, 10), days: 350, offers: 33, atOffer: 12, atCallBack: 3, "OCAIT"),
        .. Period(new DateOnly(2023, 1, 3), days: 450, offers: 87, atOffer: 16, atCallBack: 9, "CID North"),
    ];

    [Fact]
    public void The_total_is_the_notes() => AssertLine(UptakeReport.Of(Households, UptakeBy.Total).Single(), "total", 120, 28, 12, 40, 33);

    [Fact]
    public void The_periods_are_the_notes()
    {
        var first = Households.Where(household => household.Month.StartsWith("2022", StringComparison.Ordinal));
        var second = Households.Where(household => !household.Month.StartsWith("2022", StringComparison.Ordinal));
        AssertLine(UptakeReport.Of(first, UptakeBy.Total).Single(), "total", 33, 12, 3, 15, 45);
        AssertLine(UptakeReport.Of(second, UptakeBy.Total).Single(), "total", 87, 16, 9, 25, 29);
    }

    [Fact]
    public void By_year_the_first_line_is_the_notes_and_the_rest_adds_up()
    {
        var lines = UptakeReport.Of(Households, UptakeBy.Year);
        Assert.Equal(["2022", "2023", "2024"], lines.Select(line => line.Group));
        AssertLine(lines[0], "2022", 33, 12, 3, 15, 45);
        Assert.Equal((87, 25), (lines[1].Offers + lines[2].Offers, lines[1].Accepted + lines[2].Accepted));
    }

    [Fact]
    public void By_team_each_team_has_its_line()
    {
        var lines = UptakeReport.Of(Households, UptakeBy.Team);
        AssertLine(lines[0], "CID North", 87, 16, 9, 25, 29);
        AssertLine(lines[1], "OCAIT", 33, 12, 3, 15, 45);
    }

    [Fact]
    public void What_the_note_could_not_see_is_seen()
    {
        var line = UptakeReport.Of(Households, UptakeBy.Total).Single();
        Assert.Equal((92, 92, 0, 0), (line.CallBacksDue, line.Attempted, line.Missed, line.Open));
        Assert.Equal(92, line.Reached + line.NotReached);
        Assert.InRange(line.DaysToCall!.Value, 21, 30);
    }

    internal static void AssertLine(UptakeLine line, string group, int offers, int atOffer, int atCallBack, int accepted, int uptake) =>
        Assert.Equal(
            (group, offers, atOffer, atCallBack, accepted, uptake),
            (line.Group, line.Offers, line.AcceptedAtOffer, line.AcceptedAtCallBack, line.Accepted, line.Uptake));

    private static IEnumerable<HouseholdRecord> Period(DateOnly from, int days, int offers, int atOffer, int atCallBack, string team)
    {
        for (var index = 0; index < offers; index++)
        {
            var offeredAt = CallBackCalendar.StartOf(from.AddDays(index * days / offers)).AddHours(6);
            var details = Given.Details(index < atOffer ? OfferAnswer.Accepted : OfferAnswer.Declined) with
            {
                OfferedAt = offeredAt,
                Team = team,
            };
            var course = new Course(details, team: Given.Teams.Find(team));
            if (index >= atOffer)
            {
                course.Starts().Attempts(index < atOffer + atCallBack ? CallOutcome.Accepted
                    : index % 3 == 0 ? CallOutcome.Declined : index % 3 == 1 ? CallOutcome.DoNotContact : CallOutcome.NoAnswer);
                while (course.Household.State == HouseholdState.Waiting) course.Starts().Attempts(CallOutcome.NoAnswer);
            }

            yield return course.Record with { Id = Guid.NewGuid() };
        }
    }
}
