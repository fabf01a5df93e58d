using Vcas.Domain.CallBacks;
using Vcas.Domain.Teams;

namespace Vcas.Domain.Tests.Teams;

/// <summary>Who calls once the team that was to call is no more: as near to the household's own team as there is somebody.</summary>
public sealed class SuccessorTests
{
    private static readonly Team North = new("north", "north-calls", "officer-1", null);
    private static readonly Team South = new("south", "south-calls", null, null);
    private static readonly Team Others = new("", "call-back", null, null);

    [Fact]
    public void The_teams_own_callers_of_today_come_first() =>
        Assert.Equal(new Assignee("north-calls", "officer-1"), new TeamDirectory([North, South], Others).SuccessorFor("NORTH"));

    [Fact]
    public void A_team_without_a_name_in_the_settings_is_called_as_all_others_are() =>
        Assert.Equal(new Assignee("call-back", null), new TeamDirectory([North], Others).SuccessorFor("east"));

    [Fact]
    public void A_team_that_takes_part_no_more_is_called_by_the_first_that_does() =>
        Assert.Equal(new Assignee("north-calls", "officer-1"), new TeamDirectory([South, North], others: null).SuccessorFor("east"));

    [Fact]
    public void Where_nobody_takes_part_there_is_nobody() => Assert.Null(new TeamDirectory([], others: null).SuccessorFor("east"));

    [Fact]
    public void A_call_of_a_team_that_is_no_more_is_passed_on_and_that_of_one_that_is_stays()
    {
        var course = new Course().Starts();
        Assert.True(course.ChangesNothing((household, _) => household.PassOn(Given.Teams)));

        course.Does((household, _) => household.PassOn(new TeamDirectory([], Others)));
        Assert.Equal(new Assignee("call-back", null), course.Household.Assignee);
        Assert.True(course.ChangesNothing((household, _) => household.PassOn(new TeamDirectory([], Others))));
    }
}
