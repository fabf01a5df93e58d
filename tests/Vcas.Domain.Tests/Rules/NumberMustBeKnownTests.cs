using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class NumberMustBeKnownTests
{
    [Theory]
    [InlineData(CallOutcome.NoAnswer, 3032)]
    [InlineData(CallOutcome.WrongNumber, 3032)]
    [InlineData(CallOutcome.Accepted, 0)]
    [InlineData(CallOutcome.Declined, 0)]
    [InlineData(CallOutcome.DoNotContact, 0)]
    [InlineData(CallOutcome.Died, 0)]
    public void Nobody_dials_without_a_number_and_what_was_said_otherwise_is_taken(CallOutcome outcome, int refusal)
    {
        var course = new Course(Given.Details(OfferAnswer.NotAsked) with { Contact = null }).Starts();
        Assert.Equal(refusal, course.IsRefused((household, moment) => household.RecordAttempt(course.Attempt(outcome), moment)));
    }

    [Fact]
    public void Whoever_rings_and_accepts_without_a_number_is_referred_as_soon_as_one_is_given()
    {
        var course = new Course(Given.Details() with { Contact = null }).RingsUs(CallOutcome.Accepted);
        Assert.Equal(ReferralState.AwaitingRoute, course.Household.Referral?.State);
        course.Does((household, moment) => household.ChangeContact(Given.OtherContact, moment));
        Assert.Equal(ReferralState.ToSend, course.Household.Referral?.State);
    }
}
