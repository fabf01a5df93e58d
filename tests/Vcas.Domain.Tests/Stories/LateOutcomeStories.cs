using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Stories;

/// <summary>
/// Two people phoned, or one whose sign-in had ended: whatever came of the call is kept, and never undoes what it must not.
/// </summary>
public sealed class LateOutcomeStories
{
    private static readonly Dictionary<string, Func<Course>> Found = new()
    {
        ["waiting again"] = () => Called(CallOutcome.NoAnswer),
        ["promised another time"] = () => Due().Attempts(CallOutcome.CallLater, again: Given.London("2023-06-29 10:00")),
        ["held as unsafe"] = () => Due().Attempts(CallOutcome.UnsafeToCall, HoldReason.BailChanged),
        ["held for its number"] = () => Called(CallOutcome.WrongNumber),
        ["referred"] = () => Called(CallOutcome.Accepted).Sends(),
        ["taken on by VCAS"] = () => Called(CallOutcome.Accepted).Sends().Answers(ReferralAnswerKind.Accepted, "m-1"),
        ["declined"] = () => Called(CallOutcome.Declined),
        ["not reached"] = () => Called(CallOutcome.NoAnswer, new CallBackPolicy { MaxAttempts = 1 }),
        ["never"] = () => Called(CallOutcome.DoNotContact),
        ["died"] = () => Called(CallOutcome.Died),
        ["moved"] = () => Due().Withdraws(WithdrawalReason.Moved),
        ["recorded in error"] = () => Due().Withdraws(WithdrawalReason.RecordedInError),
        ["taken back from VCAS"] = () => Called(CallOutcome.Accepted).Sends().Withdraws(WithdrawalReason.NoLongerWanted).Sends(),
    };

    public static TheoryData<string, CallOutcome> EveryOutcomeInEveryState =>
        [.. from state in Found.Keys from outcome in Enum.GetValues<CallOutcome>() select (state, outcome)];

    public static TheoryData<string> EveryState => [.. Found.Keys];

    [Theory]
    [MemberData(nameof(EveryOutcomeInEveryState))]
    public void None_is_thrown_away_and_the_same_again_changes_nothing(string state, CallOutcome outcome)
    {
        var course = Found[state]().At(Given.London("2023-06-28 11:00"));
        var late = course.Attempt(
            outcome, outcome == CallOutcome.UnsafeToCall ? HoldReason.SuspectAtAddress : null, Given.London("2023-06-30 15:00"));
        var before = course.Household;
        course.Does((household, moment) => household.RecordAttempt(late, moment));
        Assert.Contains("LateOutcomeRecorded", course.Happened);
        var kept = course.Household.Attempts[^1];
        Assert.Equal((late.AttemptId, outcome, true), (kept.AttemptId, kept.Outcome, kept.Late));
        Assert.True(course.ChangesNothing((household, moment) => household.RecordAttempt(late, moment)));
        Assert.Equal(3010, course.IsRefused((household, moment) => household.RecordAttempt(late with { SafetyChecked = false }, moment)));
        // What figures leave out they go on leaving out.
        Assert.Equal(before.IsCounted, course.Household.IsCounted);
    }

    [Theory]
    [MemberData(nameof(EveryState))]
    public void Never_and_a_death_take_effect_whatever_the_state(string state)
    {
        var never = Found[state]().Attempts(CallOutcome.DoNotContact);
        Assert.Equal((HouseholdState.Closed, ClosingReason.DoNotContact), (never.Household.State, never.Household.Closing!.Reason));
        Assert.NotEqual(ReferralState.Accepted, never.Household.Referral?.State);
        var died = Found[state]().Attempts(CallOutcome.Died);
        Assert.Equal(HouseholdState.Closed, died.Household.State);
        Assert.Equal(state == "never" ? ClosingReason.DoNotContact : ClosingReason.Died, died.Household.Closing!.Reason);
        // Nobody calls, and VCAS is told to stop where it was asked to begin.
        Assert.True(died.Plan.Stage is Stage.Settled or Stage.AwaitingSend);
    }

    [Theory]
    [InlineData("declined", true)]
    [InlineData("not reached", true)]
    [InlineData("waiting again", true)]
    [InlineData("promised another time", true)]
    [InlineData("held as unsafe", true)]
    [InlineData("held for its number", false)]
    [InlineData("never", false)]
    [InlineData("died", false)]
    [InlineData("moved", false)]
    [InlineData("recorded in error", false)]
    [InlineData("taken back from VCAS", false)]
    public void A_late_yes_leads_to_a_referral_where_it_can_and_to_the_supervisor_where_it_can_not(string state, bool isReferred)
    {
        var course = Found[state]();
        var before = course.Household.State;
        course.Attempts(CallOutcome.Accepted);
        if (isReferred)
        {
            Assert.Equal((HouseholdState.Referred, ReferralState.ToSend), (course.Household.State, course.Household.Referral!.State));
            Assert.Contains(DispatchKind.ReferralMade, course.Outbox);
        }
        else
        {
            Assert.Equal(before, course.Household.State);
            Assert.Contains(DispatchKind.LateOutcome, course.Outbox);
        }
    }

    [Theory]
    [InlineData(CallOutcome.Declined)]
    [InlineData(CallOutcome.NoAnswer)]
    [InlineData(CallOutcome.WrongNumber)]
    [InlineData(CallOutcome.UnsafeToCall)]
    [InlineData(CallOutcome.CallLater)]
    public void Nothing_less_undoes_an_acceptance(CallOutcome outcome)
    {
        foreach (var state in new[] { "referred", "taken on by VCAS" })
        {
            var course = Found[state]();
            var before = (
                course.Household.State, course.Household.Referral, course.Household.Acceptance, course.Plan.Stage, course.Plan.WakeAt);
            course.Attempts(outcome, HoldReason.BailChanged, Given.London("2023-06-30 15:00"));
            Assert.Equal(
                before, (
                    course.Household.State, course.Household.Referral, course.Household.Acceptance, course.Plan.Stage, course.Plan.WakeAt));
        }
    }

    [Fact]
    public void Two_who_ring_at_once_and_reach_nobody_are_one_attempt_of_the_policys()
    {
        var course = new Course(policy: new CallBackPolicy { MaxAttempts = 2 }).Starts().Attempts(CallOutcome.NoAnswer);
        var planned = course.Household.CallFrom;
        course.Attempts(CallOutcome.NoAnswer).Attempts(CallOutcome.NoAnswer);
        Assert.Equal((HouseholdState.Waiting, planned), (course.Household.State, course.Household.CallFrom));
        course.Starts().Attempts(CallOutcome.NoAnswer);
        Assert.Equal(ClosingReason.NotReached, course.Household.Closing!.Reason);
        // Each of them rang all the same.
        Assert.Equal(4, course.Record.Attempts);
    }

    [Fact]
    public void A_time_that_has_passed_when_it_comes_loses_nothing()
    {
        var course = Called(CallOutcome.NoAnswer).AtLondon("2023-06-28 16:00");
        var planned = course.Household.CallFrom;
        course.Attempts(CallOutcome.CallLater, again: Given.London("2023-06-28 12:00"));
        Assert.Equal((planned, CallOutcome.CallLater), (course.Household.CallFrom, course.Household.Attempts[^1].Outcome));
        course.Attempts(CallOutcome.CallLater, again: Given.London("2023-07-04 12:00"));
        Assert.Equal(Given.London("2023-07-04 12:00"), course.Household.CallFrom);
    }

    [Fact]
    public void What_was_recorded_in_error_is_referred_by_nothing_that_comes_later()
    {
        var course = Found["recorded in error"]().Attempts(CallOutcome.DoNotContact);
        Assert.Equal(
            2006, course.IsRefused(
                (household, moment) => household.Accept(moment.Now, householdAsked: true, Given.OtherContact, null, moment)));
    }

    [Fact]
    public void Before_a_first_call_was_ever_due_nobody_can_have_been_late() =>
        Assert.Equal(3001, new Course().IsRefused((household, moment) =>
            household.RecordAttempt(new Attempt(Guid.NewGuid(), moment.Now, CallOutcome.NoAnswer, true, null, null), moment)));

    private static Course Due() => new Course().Starts();

    private static Course Called(CallOutcome outcome, CallBackPolicy? policy = null) =>
        new Course(policy: policy).Starts().Attempts(outcome);
}
