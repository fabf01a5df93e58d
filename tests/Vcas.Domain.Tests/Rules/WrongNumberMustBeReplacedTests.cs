using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class WrongNumberMustBeReplacedTests
{
    [Fact]
    public void A_wrong_number_comes_back_only_with_another_number()
    {
        var course = WithAWrongNumber();
        Assert.Equal(3009, course.IsRefused((household, moment) => household.ReleaseHold(moment)));
        Assert.Equal(3009, course.IsRefused((household, moment) => household.ChangeContact(Given.Contact with { Name = "Sam" }, moment)));
        Assert.Equal(HouseholdState.Waiting,
            course.Does((household, moment) => household.ChangeContact(Given.OtherContact, moment)).Household.State);
    }

    [Fact]
    public void A_wrong_number_is_not_passed_on_to_Vcas()
    {
        var course = WithAWrongNumber();
        Assert.Equal(3009, course.IsRefused((household, moment) =>
            household.Accept(moment.Now, householdAsked: true, Given.Contact with { Name = "Sam" }, null, moment)));
        Assert.Equal(Given.OtherContact, course.Accepts(householdAsked: true, Given.OtherContact).Household.Details.Contact);
    }

    [Fact]
    public void A_yes_without_another_number_is_kept_and_the_wrong_one_goes()
    {
        var course = WithAWrongNumber().Accepts(householdAsked: true);
        Assert.Equal((ReferralState.AwaitingRoute, false), (course.Household.Referral!.State, course.Household.Details.HasNumber));
        Assert.Equal(Given.Contact, Assert.Single(course.Household.Corrections).Was.Contact);
        Assert.Equal([DispatchKind.SafeRouteMissing], course.Outbox);
    }

    [Fact]
    public void A_wrong_number_is_not_forgotten_for_another_hold()
    {
        var course = WithAWrongNumber();
        Assert.Equal(3009, course.IsRefused((household, moment) => household.PlaceHold(HoldReason.Unsafe, moment.Now.AddDays(1), moment)));
        Assert.Equal(
            0, course.IsRefused((household, moment) => household.PlaceHold(HoldReason.WrongNumber, moment.Now.AddDays(1), moment)));
    }

    private static Course WithAWrongNumber() => new Course().Starts().Attempts(CallOutcome.WrongNumber);
}
