using Vcas.Domain.CallBacks;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class SafeRouteMustBeGivenTests
{
    [Fact]
    public void Whoever_accepts_needs_a_safe_route() =>
        Assert.Equal(2001, Given.RefusalOf(() => new Course(Given.Details(OfferAnswer.Accepted) with { Contact = null })));

    [Theory]
    [InlineData(OfferAnswer.Declined)]
    [InlineData(OfferAnswer.NotAsked)]
    public void Who_declined_or_could_not_be_asked_waits_like_every_other_without_one(OfferAnswer answer)
    {
        var course = new Course(Given.Details(answer) with { Contact = null });
        Assert.Equal((OfferState.Waiting, Given.DueAt), (course.Offer.State, course.Plan.WakeAt));
        course.Starts();
        // Nobody can call: the supervisor has a number found, and is reminded of that, not the caller.
        Assert.Equal((OfferState.Due, DispatchKind.SafeRouteNeeded), (course.Offer.State, Assert.Single(course.Outbox)));
        course.WhenItWakes().Does((offer, moment) => offer.Remind(moment));
        Assert.Equal([DispatchKind.SafeRouteNeeded], course.Outbox);
        course.Does((offer, moment) => offer.ChangeContact(Given.Contact, moment));
        Assert.Equal([DispatchKind.CallBackDue], course.Outbox);
        course.Attempts(CallOutcome.NoAnswer);
        Assert.Equal(OfferState.Waiting, course.Offer.State);
    }

    [Fact]
    public void Opt_out_refers_nobody_whom_VCAS_could_not_reach() => Assert.Equal(
        OfferState.Waiting, new Course(
            Given.Details(OfferAnswer.NotAsked) with { Contact = null },
            new CallBackPolicy { ConsentModel = ConsentModel.OptOut }).Offer.State);

    [Fact]
    public void Nobody_is_phoned_after_do_not_contact_so_no_route_is_needed() =>
        Assert.Equal(OfferState.Closed, new Course(Given.Details(OfferAnswer.DoNotContact)).Offer.State);

    [Fact]
    public void A_household_that_comes_forward_after_do_not_contact_must_say_how_to_be_reached()
    {
        var course = new Course(Given.Details(OfferAnswer.DoNotContact));
        Assert.Equal(2001, course.IsRefused((offer, moment) => offer.Accept(moment.Now, householdAsked: true, null, null, moment)));
        Assert.Equal(OfferState.Referred, course.Accepts(householdAsked: true, Given.Contact).Offer.State);
    }
}
