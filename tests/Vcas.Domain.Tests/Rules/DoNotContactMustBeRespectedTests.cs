using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class DoNotContactMustBeRespectedTests
{
    [Fact]
    public void After_do_not_contact_only_the_household_itself_can_ask()
    {
        var atTheDoor = new Course(Given.Details(OfferAnswer.DoNotContact) with { Contact = Given.Contact });
        var atTheCall = new Course().Starts().Attempts(CallOutcome.DoNotContact);
        var inBetween = new Course().Withdraws(WithdrawalReason.DoNotContact);
        foreach (var course in new[] { atTheDoor, atTheCall, inBetween })
        {
            Assert.Equal(
                2007, course.IsRefused(
                    (household, moment) => household.Accept(moment.Now, householdAsked: false, Given.Contact, null, moment)));
            Assert.Equal(HouseholdState.Referred, course.Accepts(householdAsked: true, Given.Contact).Household.State);
        }
    }
}
