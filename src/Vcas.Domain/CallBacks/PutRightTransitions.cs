using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Referrals;

namespace Vcas.Domain.CallBacks;

/// <summary>What can happen to a household whose dates were reckoned by a clock that ran ahead, once it is put right.</summary>
public static class PutRightTransitions
{
    /// <summary>
    /// The household without those of its dates that only a clock which ran ahead can have reckoned, and that nobody should have to find:
    /// a call that fell due before its time waits for it again; what waits to be undone leaves; when a danger, a call or an answer is told
    /// of again is reckoned from now. What a person has chosen stays. Again changes nothing.
    /// </summary>
    public static Transition PutRight(this Household household, Moment moment)
    {
        var change = household.WithEarlyCallPutBack(moment);
        var right = change.Household
            .WithAttemptOfThenSettled(moment.Now)
            .WithReminderPutRight(moment)
            .WithAnswersPutRight(moment)
            .WithDangerPutRight(moment);
        return ReferenceEquals(right, change.Household) ? change : new Transition(right, change.Events);
    }

    // It has never been due: the figures must not say so, nor that somebody missed it.
    private static Transition WithEarlyCallPutBack(this Household household, Moment moment)
    {
        if (household is not { Course: ContactCourse.Due due, Attempts.Count: 0 } || !WrongClock.IsAhead(due.CallFrom, moment.Now))
            return household.Unchanged();
        var (dueAt, callFrom) = household.FirstCall(household.Policy, moment);
        return (household with
        {
            Course = new ContactCourse.Waiting(callFrom),
            DueAt = dueAt,
            FirstDueAt = null,
            WasDueWithoutRoute = false,
            MissedAt = null,
            Outbox = household.LastingOutbox(),
        }).After(new PolicyApplied(dueAt));
    }
}
