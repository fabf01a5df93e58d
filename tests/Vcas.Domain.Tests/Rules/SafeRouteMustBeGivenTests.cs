using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Referrals;

namespace Vcas.Domain.Tests.Rules;

public sealed class SafeRouteMustBeGivenTests
{
    private static readonly SafeContact Unconfirmed =
        Given.Contact.WithoutNumber() with { OtherRoutes = [new SafeRoute(RouteKind.Phone) { Phone = "+447700900456" }] };

    [Fact]
    public void What_VCAS_has_been_told_of_keeps_a_way_to_reach_the_household()
    {
        var sent = new Course().Accepts().Sends();
        foreach (var contact in new[] { Unconfirmed, Given.Contact.WithoutNumber() })
        {
            Assert.Equal(2001, sent.IsRefused((household, moment) => household.ChangeContact(contact, moment)));
            Assert.Equal(2001, sent.IsRefused((household, moment) =>
                household.Amend(household.Details with { Contact = contact }, moment)));
        }
    }

    [Theory]
    [InlineData(OfferAnswer.Declined)]
    [InlineData(OfferAnswer.NotAsked)]
    public void Who_declined_or_could_not_be_asked_waits_like_every_other_without_one(OfferAnswer answer)
    {
        var course = new Course(Given.Details(answer) with { Contact = null });
        Assert.Equal((HouseholdState.Waiting, Given.DueAt), (course.Household.State, course.Household.CallFrom));
        course.Starts();
        // Nobody can call: the supervisor has a number found, and is reminded of that, not the caller.
        Assert.Equal([DispatchKind.VisitDue, DispatchKind.SafeRouteNeeded], course.Outbox);
        course.At(course.Household.NextReminderAt!.Value).Does((household, moment) => household.Remind(moment));
        Assert.Equal([DispatchKind.VisitDue, DispatchKind.SafeRouteNeeded], course.Outbox);
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
}
