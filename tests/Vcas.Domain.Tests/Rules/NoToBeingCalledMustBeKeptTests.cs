using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class NoToBeingCalledMustBeKeptTests
{
    [Theory]
    [InlineData(ConsentTo.BeingCalled, true, 2063)]
    [InlineData(ConsentTo.BeingCalled, false, 0)]
    [InlineData(ConsentTo.BeingAskedAgain, true, 2063)]
    [InlineData(ConsentTo.BeingAskedAgain, false, 2063)]
    [InlineData(ConsentTo.BeingReferred, true, 0)]
    public void Who_says_no_to_the_call_is_not_called(ConsentTo no, bool hasNumber, int refusal) =>
        Assert.Equal(refusal, Given.RefusalOf(() => new Course(Given.Details() with
        {
            Contact = hasNumber ? Given.Contact : null,
            Consents = [new Consent { NoTo = [no] }],
        })));

    [Fact]
    public void Who_declines_for_the_second_time_is_not_asked_again_anyway()
    {
        var never = new Consent { NoTo = [ConsentTo.BeingAskedAgain] };
        var course = new Course().Starts();
        course.Does((household, moment) => household.RecordAttempt(course.Attempt(CallOutcome.Declined), moment, consent: never));
        Assert.Equal((HouseholdState.Closed, never), (course.Household.State, course.Household.Details.Consents[^1]));

        var first = new Course(Given.Details(OfferAnswer.NotAsked)).Starts();
        Assert.Equal(2063, first.IsRefused(
            (household, moment) => household.RecordAttempt(first.Attempt(CallOutcome.Declined), moment, consent: never)));
    }
}
