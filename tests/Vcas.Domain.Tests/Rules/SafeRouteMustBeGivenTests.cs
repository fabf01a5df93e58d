using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
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
        Assert.Equal((HouseholdState.Waiting, Given.DueAt), (course.Household.State, course.Household.CallFrom));
        course.Starts();
        // Nobody can call: the supervisor has a number found, and is reminded of that, not the caller.
        Assert.Equal((HouseholdState.Due, DispatchKind.SafeRouteNeeded), (course.Household.State, Assert.Single(course.Outbox)));
        course.At(course.Household.NextReminderAt!.Value).Does((household, moment) => household.Remind(moment));
        Assert.Equal([DispatchKind.SafeRouteNeeded], course.Outbox);
        course.Does((household, moment) => household.ChangeContact(Given.Contact, moment));
        Assert.Equal([DispatchKind.CallBackDue], course.Outbox);
        course.Attempts(CallOutcome.NoAnswer);
        Assert.Equal(HouseholdState.Waiting, course.Household.State);
    }

    [Fact]
    public void Opt_out_refers_nobody_whom_VCAS_could_not_reach() => Assert.Equal(
        HouseholdState.Waiting, new Course(
            Given.Details(OfferAnswer.NotAsked) with { Contact = null },
            new CallBackPolicy { ConsentModel = ConsentModel.OptOut }).Household.State);

    [Fact]
    public void Nobody_is_phoned_after_do_not_contact_so_no_route_is_needed() =>
        Assert.Equal(HouseholdState.Closed, new Course(Given.Details(OfferAnswer.DoNotContact)).Household.State);

    [Fact]
    public void A_household_that_comes_forward_after_do_not_contact_must_say_how_to_be_reached()
    {
        var course = new Course(Given.Details(OfferAnswer.DoNotContact));
        Assert.Equal(2001, course.IsRefused((household, moment) => household.Accept(moment.Now, householdAsked: true, null, null, moment)));
        Assert.Equal(HouseholdState.Referred, course.Accepts(householdAsked: true, Given.Contact).Household.State);
    }
}
