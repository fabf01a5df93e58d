using Vcas.Domain.CallBacks;
using Vcas.Domain.Teams;

namespace Vcas.Domain.Tests.Rules;

public sealed class CallBackTeamMustBeKnownTests
{
    [Fact]
    public void Households_are_given_only_to_teams_that_call_back()
    {
        var course = new Course();
        Assert.Equal(5002, course.IsRefused((household, _) => household.Reassign(new Assignee("Traffic", null), Given.Teams)));
        Assert.Equal(0, course.IsRefused((household, _) => household.Reassign(new Assignee("care officers", "officer-9"), Given.Teams)));
    }
}
