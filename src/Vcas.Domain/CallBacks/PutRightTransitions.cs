using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Referrals;

namespace Vcas.Domain.CallBacks;

/// <summary>What can happen to a household whose dates were reckoned by a clock that ran ahead, once it is put right.</summary>
public static class PutRightTransitions
{
    /// <summary>
    /// The household without those of its dates that only a clock which ran ahead can have reckoned, and that nobody should have to find:
    /// a first call that fell due before its time waits for it again; what waits to be undone leaves; when somebody is told again, of
    /// whatever it is, is reckoned from now, and so is a welfare contact. What a person has chosen stays, and so does a next call. Again
    /// changes nothing.
    /// </summary>
    public static Transition PutRight(this Household household, Moment moment)
    {
        var change = household.WithEarlyCallPutBack(moment);
        var right = change.Household
            .WithAttemptOfThenSettled(moment.Now)
            .WithReminderPutRight(moment)
            .WithHoldPutRight(moment)
            .WithRoutePutRight(moment)
            .WithAnswersPutRight(moment)
            .WithDangerPutRight(moment)
            .WithWelfarePutRight(moment)
            .WithDisclosurePutRight(moment);
        return ReferenceEquals(right, change.Household) ? change : new Transition(right, change.Events);
    }

    // It has never been due: the figures must not say so, nor that somebody missed it. One that was recorded later than now as well may
    // have been recorded by a clock that was right, and it is this one that is wrong.
    private static Transition WithEarlyCallPutBack(this Household household, Moment moment)
    {
        var isEarly = household is { Course: ContactCourse.Due, Attempts.Count: 0, FirstDueAt: { } first }
            && WrongClock.IsAhead(first, moment.Now)
            && !WrongClock.IsAhead(household.RecordedAt, moment.Now);
        if (!isEarly) return household.Unchanged();
        var (dueAt, callFrom) = household.FirstCall(household.Policy, moment);
        return (household.WaitsUntil(callFrom) with
        {
            DueAt = dueAt,
            FirstDueAt = null,
            WasDueWithoutRoute = false,
            MissedAt = null,
        }).After(new PolicyApplied(dueAt));
    }

    // A person has chosen when a hold is looked at; when they are told of it again is reckoned.
    private static Household WithHoldPutRight(this Household household, Moment moment)
    {
        if (household.Course is not ContactCourse.Held { Hold.RemindAt: { } stored } held) return household;
        var at = stored.PutRight(household.Policy.ReminderDays, moment);
        return at == stored ? household : household with { Course = held with { Hold = held.Hold with { RemindAt = at } } };
    }

    private static Household WithRoutePutRight(this Household household, Moment moment)
    {
        var right = household.RouteTask?.PutRight(household.Policy, moment);
        return right == household.RouteTask ? household : household with { RouteTask = right };
    }

    private static Household WithDisclosurePutRight(this Household household, Moment moment)
    {
        if (household.DisclosureHold is not { RemindAt: { } stored } hold) return household;
        var at = stored.PutRight(household.Policy.ReminderDays, moment);
        return at == stored ? household : household with { DisclosureHold = hold with { RemindAt = at } };
    }
}
