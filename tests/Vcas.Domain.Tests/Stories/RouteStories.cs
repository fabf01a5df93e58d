using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Referrals;

namespace Vcas.Domain.Tests.Stories;

/// <summary>Households that are reached in more ways than one, or said yes before anybody knew of any.</summary>
public sealed class RouteStories
{
    private static readonly SafeRoute Nurse = new(RouteKind.Professional)
    {
        Professional = "Jo Example, school nurse",
        ReachedBy = "the school's office",
        ConfirmedInPerson = true,
    };

    private static readonly SafeRoute Unconfirmed = new(RouteKind.Phone) { Phone = "+447700900456" };

    private static readonly OfferDetails Yes = Given.Details(OfferAnswer.Accepted) with { Contact = null };

    private static SafeContact By(params SafeRoute[] routes) => Given.Contact.WithoutNumber() with { OtherRoutes = routes };

    [Fact]
    public void A_yes_without_a_number_is_kept_told_of_at_once_and_on_its_days_and_never_forgotten()
    {
        var course = new Course(Yes);
        Assert.Equal(
            (HouseholdState.Referred, ReferralState.AwaitingRoute, AcceptedWhen.AtOffer),
            (course.Household.State, course.Household.Referral!.State, course.Record.AcceptedWhen));
        Assert.Equal([DispatchKind.SafeRouteAsked, DispatchKind.SafeRouteMissing], course.Outbox);
        Assert.Equal((Stage.AwaitingSafeRoute, Given.London("2023-06-09 09:00")), (course.Plan.Stage, course.Plan.WakeAt));

        DateTimeOffset?[] days = [Given.London("2023-06-20 09:00"), Given.London("2023-06-30 09:00"), Given.London("2023-07-14 09:00")];
        foreach (var next in days)
        {
            course.WhenItWakes().Does((household, moment) => household.RemindOfSafeRoute(moment));
            Assert.Equal((Stage.AwaitingSafeRoute, next), (course.Plan.Stage, course.Plan.WakeAt));
        }

        course.WhenItWakes().Does((household, moment) => household.RemindOfSafeRoute(moment));
        Assert.True(course.Plan.WakeAt > course.Now);
        Assert.False(new HouseholdMustBeSettled(course.Household, ErasureReason.RetentionEnded).IsKept);
    }

    [Fact]
    public void As_soon_as_a_way_is_known_the_referral_leaves_by_itself()
    {
        var course = new Course(Yes).At(Given.OfferedAt.AddDays(2));
        course.Does((household, moment) => household.ChangeContact(By(Unconfirmed), moment));
        Assert.Equal(ReferralState.AwaitingRoute, course.Household.Referral!.State);

        course.Does((household, moment) => household.ChangeContact(By(Unconfirmed, Nurse), moment));
        Assert.Equal((ReferralState.ToSend, 1), (course.Household.Referral!.State, course.Household.Referral.Version));
        Assert.Equal([DispatchKind.ReferralMade], course.Outbox);
        Assert.Null(course.Household.RouteTask);
        Assert.Equal(
            RouteKind.Professional, course.Trail.Select(entry => entry.Event).OfType<SafeRouteFound>().Single().Route);
        Assert.Equal(ReferralState.Sent, course.Sends().Household.Referral!.State);
    }

    [Fact]
    public void Who_is_reached_in_another_way_is_referred_at_once() => Assert.Equal(
        [DispatchKind.ReferralMade], new Course(Yes with { Contact = By(Nurse) }).Outbox);

    [Fact]
    public void A_yes_in_a_visit_or_in_a_late_call_is_kept_too()
    {
        var details = Given.Details() with { Contact = null };
        Assert.Equal(
            AcceptedWhen.AtCallBack, new Course(details).Starts().Visits(CallOutcome.Accepted).Household.Referral?.Acceptance.When);
        var late = new Course(details, new CallBackPolicy { MaxVisits = 1 }).Starts().Visits(CallOutcome.NoAnswer);
        Assert.Equal(HouseholdState.Closed, late.Household.State);
        Assert.True(late.Attempts(CallOutcome.Accepted).Household.AwaitsRoute);
    }

    [Theory]
    [InlineData(WithdrawalReason.NoLongerWanted)]
    [InlineData(WithdrawalReason.DoNotContact)]
    [InlineData(WithdrawalReason.Died)]
    public void What_waits_for_a_way_is_taken_back_without_a_word_to_VCAS(WithdrawalReason reason)
    {
        var course = new Course(Yes).Withdraws(reason);
        Assert.Equal((HouseholdState.Closed, ReferralState.Withdrawn), (course.Household.State, course.Household.Referral!.State));
        Assert.Empty(course.Outbox);
        Assert.Equal(Stage.Settled, course.Plan.Stage);
    }

    [Fact]
    public void What_is_put_right_meanwhile_asks_VCAS_nothing()
    {
        var course = new Course(Yes)
            .Does((household, moment) => household.Correct(household.Details with { CrimeReference = "CRI/2" }, moment))
            .Does((household, moment) => household.RecordDanger([Risk.Violence], false, moment));
        Assert.DoesNotContain(course.Household.Outbox, dispatch => dispatch.IsMessage);
        Assert.Equal((ReferralState.AwaitingRoute, 1), (course.Household.Referral!.State, course.Household.Referral.Version));
        Assert.True(course.ChangesNothing((household, moment) => household.Accept(moment.Now, false, null, null, moment)));
    }

    [Fact]
    public void A_number_that_was_not_confirmed_is_never_called_and_a_way_is_still_sought()
    {
        var course = new Course(Given.Details() with { Contact = By(Unconfirmed) });
        Assert.Equal((false, true, ContactRoad.Visit), (
            course.Household.Details.HasNumber, course.Household.NeedsSafeRoute, course.Household.Road));
        Assert.Equal(["+447700900456"], course.Household.Details.Numbers);
        course.Starts();
        Assert.Equal(3032, course.IsRefused((household, moment) => household.RecordAttempt(course.Attempt(CallOutcome.NoAnswer), moment)));
        Assert.True(course.Record.WasDueWithoutRoute);
        course.Visits(CallOutcome.NoAnswer);
        Assert.Equal(1, course.Record.Visits);
    }

    [Fact]
    public void Who_can_be_met_needs_no_way_to_be_found_but_is_not_phoned()
    {
        var atHome = new SafeRoute(RouteKind.InPerson) { ConfirmedInPerson = true };
        var course = new Course(Given.Details() with { Contact = By(atHome) }).Starts();
        Assert.Equal([DispatchKind.VisitDue], course.Outbox);
        Assert.False(course.Record.WasDueWithoutRoute);
        // Then even this is no longer safe.
        course.Does((household, moment) => household.ChangeContact(By(), moment));
        Assert.True(course.Record.NeedsSafeRoute);
        Assert.NotNull(course.Household.RouteTask);
    }

    [Fact]
    public void Where_a_visit_takes_the_place_of_a_wrong_number_the_other_ways_stay()
    {
        var course = new Course(Given.Details() with { Contact = Given.Contact with { OtherRoutes = [Nurse] } })
            .Starts().Attempts(CallOutcome.WrongNumber).Does((household, moment) => household.PlanVisit(moment));
        Assert.Equal([Nurse], course.Household.Details.Contact!.Routes);
        Assert.Null(course.Household.RouteTask);
    }

    [Fact]
    public void Nothing_by_which_somebody_could_be_reached_is_left_in_what_is_hidden()
    {
        var hidden = (Given.Contact with { OtherRoutes = [Nurse, Unconfirmed] }).WithoutAddresses();
        Assert.True(hidden.IsReachable);
        Assert.Equal([RouteKind.Phone, RouteKind.Professional, RouteKind.Phone], hidden.Routes.Select(route => route.Kind));
        Assert.All(hidden.Routes, route => Assert.Equal("", string.Concat(route.Phone, route.Professional, route.ReachedBy)));
        Assert.Equal(nameof(SafeRoute), Nurse.ToString());
    }
}
