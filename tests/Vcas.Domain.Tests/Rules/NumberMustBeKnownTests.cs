using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class NumberMustBeKnownTests
{
    [Theory]
    [InlineData(CallOutcome.NoAnswer, 3032)]
    [InlineData(CallOutcome.WrongNumber, 3032)]
    [InlineData(CallOutcome.Accepted, 2001)]
    [InlineData(CallOutcome.Declined, 0)]
    [InlineData(CallOutcome.DoNotContact, 0)]
    [InlineData(CallOutcome.Died, 0)]
    public void Nobody_dials_without_a_number_and_what_was_said_otherwise_is_taken(CallOutcome outcome, int refusal)
    {
        var course = new Course(Given.Details(OfferAnswer.NotAsked) with { Contact = null }).Starts();
        Assert.Equal(refusal, course.IsRefused((household, moment) => household.RecordAttempt(course.Attempt(outcome), moment)));
    }

    [Fact]
    public void Whoever_rings_and_accepts_gives_a_number_first_for_VCAS_is_to_phone_it()
    {
        var course = new Course(Given.Details() with { Contact = null });
        var rang = course.Attempt(CallOutcome.Accepted) with { Direction = CallDirection.Incoming };
        Assert.Equal(2001, course.IsRefused((household, moment) => household.RecordAttempt(rang, moment)));
        course.Does((household, moment) => household.ChangeContact(Given.OtherContact, moment))
            .Does((household, moment) => household.RecordAttempt(rang, moment));
        Assert.Equal(HouseholdState.Referred, course.Household.State);
    }
}
