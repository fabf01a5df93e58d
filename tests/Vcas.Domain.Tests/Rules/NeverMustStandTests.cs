using Vcas.Domain.CallBacks;
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
        Assert.Equal((OfferState.Closed, course.Now), (course.Offer.State, course.Offer.Closing!.NeverTakenBackAt));
        Assert.Equal(2031, course.IsRefused(TakeBack));
        // For the household itself nothing has changed: it said so.
        Assert.Equal(2007, course.IsRefused((offer, moment) => offer.Accept(moment.Now, householdAsked: false, null, null, moment)));
    }

    private static Transition TakeBack(Offer offer, Moment moment) => offer.TakeNeverBack(NeverTakenBackReason.RecordedInError, moment);
}
