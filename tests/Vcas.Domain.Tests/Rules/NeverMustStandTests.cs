using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class NeverMustStandTests
{
    [Fact]
    public void Only_what_was_said_and_stands_is_taken_back_and_once()
    {
        Assert.Equal(2031, new Course().IsRefused(TakeBack));
        Assert.Equal(2031, new Course().Starts().Attempts(CallOutcome.Declined).IsRefused(TakeBack));
        var course = new Course().Starts().Attempts(CallOutcome.DoNotContact).Does(TakeBack);
        Assert.Equal((HouseholdState.Closed, course.Now), (course.Household.State, course.Household.Closing!.NeverTakenBackAt));
        Assert.Equal(2031, course.IsRefused(TakeBack));
        // For the household itself nothing has changed: it said so.
        Assert.Equal(
            2007, course.IsRefused((household, moment) => household.Accept(moment.Now, householdAsked: false, null, null, moment)));
    }

    private static Transition TakeBack(
        Household household, Moment moment) => household.TakeNeverBack(NeverTakenBackReason.RecordedInError, moment);
}
