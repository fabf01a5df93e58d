using Vcas.Domain.Offers;
using Vcas.Domain.Teams;

namespace Vcas.Domain.Tests.Rules;

public sealed class TeamMustTakePartTests
{
    [Fact]
    public void Only_teams_that_take_part_make_offers()
    {
        Assert.Equal(5001, Given.RefusalOf(() => Record(Given.Teams.Find("Traffic"))));
        Assert.Equal(0, Given.RefusalOf(() => Record(Given.Teams.Find("ocait"))));
        Assert.Equal(0, Given.RefusalOf(() => Record(new TeamDirectory([], new Team("*", "Call-backs", null, null)).Find("Traffic"))));
    }

    [Fact]
    public void A_team_typed_in_another_case_is_the_same_team_in_the_reports() =>
        Assert.Equal("OCAIT", new Course(Given.Details() with { Team = "ocait" }, team: Given.Teams.Find("ocait")).Record.Team);

    private static void Record(Team? team) =>
        OfferTransitions.Record(Given.Id, Given.Details(), team, Given.Policy, Given.SchemeStart, Given.Moment(Given.OfferedAt));
}
