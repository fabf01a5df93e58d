namespace Vcas.Domain.Households;

/// <summary>What the figures make of an outcome: the one place, for the stored record and for its recount from the trail.</summary>
public static class CallOutcomes
{
    /// <summary>Whether somebody tried to reach them. Where the check before said no, or the household rang, nobody did.</summary>
    public static bool WasMade(this CallOutcome outcome, CallDirection direction) =>
        direction == CallDirection.Outgoing && outcome is not (CallOutcome.UnsafeToCall or CallOutcome.Died);

    /// <summary>
    /// Whether support was really offered, and answered with no. What is accepted counts as <see cref="AcceptedWhen"/> says.
    /// </summary>
    public static bool IsRefusal(this CallOutcome outcome) => outcome == CallOutcome.Declined;

    /// <summary>Whether somebody went there, or wrote a letter by hand, which is how a household without a number is reached.</summary>
    public static bool IsVisit(this AttemptWay by) => by is AttemptWay.Visit or AttemptWay.Letter;

    /// <summary>Whether the attempt was made in vain: nobody was spoken to.</summary>
    public static bool IsUnanswered(this CallOutcome outcome) => outcome is CallOutcome.NoAnswer or CallOutcome.MessageLeft;

    /// <summary>Whether the household was spoken to.</summary>
    public static bool ReachedHousehold(this CallOutcome outcome) =>
        outcome is CallOutcome.Accepted or CallOutcome.Declined or CallOutcome.CallLater or CallOutcome.DoNotContact;
}
