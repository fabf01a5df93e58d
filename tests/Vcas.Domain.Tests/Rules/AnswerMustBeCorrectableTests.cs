using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class AnswerMustBeCorrectableTests
{
    [Theory]
    [InlineData(OfferAnswer.Declined, OfferAnswer.NotAsked, true)]
    [InlineData(OfferAnswer.NotAsked, OfferAnswer.Declined, true)]
    [InlineData(OfferAnswer.Declined, OfferAnswer.Declined, true)]
    [InlineData(OfferAnswer.Declined, OfferAnswer.Accepted, false)]
    [InlineData(OfferAnswer.NotAsked, OfferAnswer.DoNotContact, false)]
    [InlineData(OfferAnswer.Accepted, OfferAnswer.Accepted, false)]
    [InlineData(OfferAnswer.Accepted, OfferAnswer.Declined, false)]
    public void An_answer_is_corrected_between_those_after_which_a_household_waits(OfferAnswer from, OfferAnswer to, bool isKept) =>
        Assert.Equal(isKept, new AnswerMustBeCorrectable(new Course(Given.Details(from)).Household, to).IsKept);
}
