using Vcas.Domain.Households;

namespace Vcas.Domain.CallBacks;

/// <summary>What can happen to an attempt that was recorded by a slip.</summary>
public static class UndoTransitions
{
    /// <summary>
    /// The household goes back to what it was before its last attempt, which stays in the trail as undone and counts no more. Again changes
    /// nothing.
    /// </summary>
    /// <param name="household">The household.</param>
    /// <param name="attemptId">Which attempt.</param>
    /// <param name="by">The directory id of the person who undoes it.</param>
    /// <param name="moment">Now.</param>
    /// <exception cref="RuleBrokenException">
    /// Something has happened since, somebody else recorded it, its time is over, or it says that nobody may ever call.
    /// </exception>
    public static Transition UndoAttempt(this Household household, Guid attemptId, string by, Moment moment)
    {
        if (household.UndoneAttempts.Contains(attemptId)) return household.Unchanged();
        var attempt = household.Attempts.FirstOrDefault(known => known.AttemptId == attemptId);
        Rules.Keep(
            new NeverMustNotBeUndone(attempt?.Outcome),
            new AttemptMustBeTheLast(household, attemptId),
            new UndoMustBeByTheCaller(household.Undoable, by),
            new UndoMustBeInTime(household.Undoable, moment.Now));
        return household.BackTo(household.Undoable!).After(new AttemptUndone(attemptId, attempt!.Outcome));
    }

    /// <summary>
    /// What was recorded, with how the household was before. What the outcome changed of the people as well, and that nobody may ever call,
    /// stands at once.
    /// </summary>
    internal static Transition UndoableBy(this Transition recorded, UndoTerms? terms, Household before, Attempt attempt)
    {
        var after = recorded.Household;
        return terms is null || !recorded.IsChange || attempt.Outcome == CallOutcome.DoNotContact
            || after.Details != before.Details || !after.Corrections.SequenceEqual(before.Corrections)
            ? recorded
            : recorded with { Household = after.UndoableTo(before, attempt.AttemptId, terms) };
    }
}
