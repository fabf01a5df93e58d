using Vcas.Domain.CallBacks;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class WrongNumberMustBeReplacedTests
{
    [Fact]
    public void A_wrong_number_comes_back_only_with_another_number()
    {
        var course = WithAWrongNumber();
        Assert.Equal(3009, course.IsRefused((offer, moment) => offer.ReleaseHold(moment)));
        Assert.Equal(3009, course.IsRefused((offer, moment) => offer.ChangeContact(Given.Contact with { Name = "Sam" }, moment)));
        Assert.Equal(OfferState.Waiting, course.Does((offer, moment) => offer.ChangeContact(Given.OtherContact, moment)).Offer.State);
    }

    [Fact]
    public void A_wrong_number_is_not_passed_on_to_Vcas()
    {
        var course = WithAWrongNumber();
        Assert.Equal(3009, course.IsRefused((offer, moment) => offer.Accept(moment.Now, householdAsked: true, null, null, moment)));
        Assert.Equal(Given.OtherContact, course.Accepts(householdAsked: true, Given.OtherContact).Offer.Details.Contact);
    }

    [Fact]
    public void A_wrong_number_is_not_forgotten_for_another_hold()
    {
        var course = WithAWrongNumber();
        Assert.Equal(3009, course.IsRefused((offer, moment) => offer.PlaceHold(HoldReason.Unsafe, moment.Now.AddDays(1), moment)));
        Assert.Equal(0, course.IsRefused((offer, moment) => offer.PlaceHold(HoldReason.WrongNumber, moment.Now.AddDays(1), moment)));
    }

    private static Course WithAWrongNumber() => new Course().Starts().Attempts(CallOutcome.WrongNumber);
}
