using Vcas.Domain.CallBacks;
using Vcas.Domain.Referrals;

namespace Vcas.Domain.Offers;

/// <summary>What a household waits for.</summary>
public enum Stage
{
    /// <summary>The time of its next call.</summary>
    AwaitingCall,

    /// <summary>Somebody to call; meanwhile reminders.</summary>
    AwaitingAttempt,

    /// <summary>Somebody to decide about a hold; from its review on, reminders of it.</summary>
    OnHold,

    /// <summary>A message to VCAS to be taken by the queue.</summary>
    AwaitingSend,

    /// <summary>The next step is VCAS's answer.</summary>
    AwaitingAnswer,

    /// <summary>There is no next step.</summary>
    Settled,

    /// <summary>Somebody to acknowledge a danger; until then one after another is told.</summary>
    AwaitingAcknowledgement,
}

/// <summary>
/// What time has to do for a household next: codes and instants only, because it is stored readable in the orchestration's history.
/// </summary>
/// <param name="Stage">What it waits for.</param>
/// <param name="WakeAt">When something has to be done about it, UTC; null for at once, or for never when settled.</param>
/// <param name="Revision">The offer's revision that this was read from.</param>
/// <param name="HasNotices">Whether notifications wait to be sent.</param>
public sealed record Plan(Stage Stage, DateTimeOffset? WakeAt, int Revision, bool HasNotices)
{
    /// <summary>The plan for an offer as it stands.</summary>
    public static Plan For(Offer offer)
    {
        var (stage, wakeAt) = WithDanger(offer.Danger, StageOf(offer));
        return new Plan(stage, wakeAt, offer.Revision, offer.Outbox.Any(dispatch => !dispatch.IsMessage));
    }

    // The next reminder of a danger counts too: the earlier of the two is the plan. What is due at once goes first.
    private static (Stage Stage, DateTimeOffset? WakeAt) WithDanger(Danger? danger, (Stage Stage, DateTimeOffset? WakeAt) course) =>
        danger?.EscalateAt is { } escalateAt && course.Stage != Stage.AwaitingSend && (course.WakeAt is null || escalateAt < course.WakeAt)
            ? (Stage.AwaitingAcknowledgement, escalateAt)
            : course;

    private static (Stage Stage, DateTimeOffset? WakeAt) StageOf(Offer offer)
    {
        if (offer.Outbox.Any(dispatch => dispatch.IsMessage)) return (Stage.AwaitingSend, null);
        return offer.State switch
        {
            OfferState.Waiting => (Stage.AwaitingCall, offer.CallFrom),
            OfferState.Due => (Stage.AwaitingAttempt, offer.NextReminderAt),
            OfferState.Held => (Stage.OnHold, offer.Hold?.WakeAt),
            OfferState.Referred when offer.Referral is { AwaitsAnswer: true } referral => (Stage.AwaitingAnswer, referral.AnswerDueAt),
            _ => (Stage.Settled, null),
        };
    }
}
