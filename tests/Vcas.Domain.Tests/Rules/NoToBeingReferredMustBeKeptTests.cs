using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class NoToBeingReferredMustBeKeptTests
{
    private static readonly Consent No = new() { NoTo = [ConsentTo.BeingReferred] };

    [Theory]
    [InlineData(OfferAnswer.Accepted, 2062)]
    [InlineData(OfferAnswer.Declined, 0)]
    [InlineData(OfferAnswer.NotAsked, 0)]
    public void Who_says_no_to_being_referred_is_not_referred_by_the_same_answer(OfferAnswer answer, int refusal) =>
        Assert.Equal(refusal, Given.RefusalOf(() => new Course(Given.Details(answer) with { Consents = [No] })));

    [Fact]
    public void A_later_yes_counts_for_itself_and_both_are_kept()
    {
        var course = new Course(Given.Details() with { Consents = [No] });
        Assert.Equal(2062, course.IsRefused(
            (household, moment) => household.Accept(moment.Now, false, null, null, moment, No with { At = moment.Now })));
        course.At(Given.OfferedAt.AddDays(3)).Accepts();
        Assert.Equal((HouseholdState.Referred, 1), (course.Household.State, course.Household.Details.Consents.Count));
    }
}
