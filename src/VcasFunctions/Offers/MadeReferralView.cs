using Vcas.Domain.Households;

namespace VcasFunctions.Offers;

/// <summary>
/// One household's referral to VCAS. Its id is the offer's: an offer leads to one referral at most, whatever is repeated.
/// </summary>
public sealed record MadeReferralView
{
    /// <summary>The referral's state.</summary>
    public required ReferralState State { get; init; }

    /// <summary>1 when made, one more with each amendment.</summary>
    public required int Version { get; init; }

    /// <summary>
    /// The version with which VCAS was asked last: 1, or the amendment that followed a rejection. Answers to older ones are superseded.
    /// </summary>
    public int AskedVersion { get; init; } = 1;

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>When the queue took the first version, UTC.</summary>
    public DateTimeOffset? FirstSentAt { get; init; }

    /// <summary>When the queue took the newest version, UTC.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When the supervisor is told that no answer has come, UTC; moved on each time.</summary>
    public DateTimeOffset? AnswerDueAt { get; init; }

    /// <summary>
    /// Since when the answer is late, UTC: the first of those instants that passed. None while it isn't, and once VCAS has answered.
    /// </summary>
    public DateTimeOffset? AnswerLateSince { get; init; }

    /// <summary>When VCAS accepted or rejected it, UTC.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>VCAS's own reference for the case.</summary>
    public string? CaseReference { get; init; }

    /// <summary>Why VCAS rejected it.</summary>
    public RejectionReason? RejectionReason { get; init; }

    /// <summary>How the support ended.</summary>
    public ClosureReason? ClosureReason { get; init; }

    /// <summary>Why the police took it back.</summary>
    public WithdrawalReason? WithdrawalReason { get; init; }

    /// <summary>Message ids of the answers taken so far, so that one delivered again, however late, changes nothing.</summary>
    public IReadOnlyList<string> AnswerIds { get; init; } = [];

    /// <summary>Whether VCAS still owes an answer.</summary>
    public bool AwaitsAnswer => State is ReferralState.Sent or ReferralState.Received;

    /// <summary>The view of a referral; null where none was made.</summary>
    internal static MadeReferralView? Of(Referral? referral) => referral is null ? null : new MadeReferralView
    {
        State = referral.State,
        Version = referral.Version,
        AskedVersion = referral.AskedVersion,
        MadeAt = referral.MadeAt,
        FirstSentAt = referral.FirstSentAt,
        SentAt = referral.SentAt,
        AnswerDueAt = referral.AnswerDueAt,
        AnswerLateSince = referral.AnswerLateSince,
        AnsweredAt = referral.AnsweredAt,
        CaseReference = referral.CaseReference,
        RejectionReason = referral.RejectionReason,
        ClosureReason = referral.ClosureReason,
        WithdrawalReason = referral.WithdrawalReason,
        AnswerIds = referral.AnswerIds,
    };
}
