namespace Vcas.Domain.Households;

/// <summary>
/// One referral to VCAS, with an id, a version and answers of its own. The referral of a household as a whole has the household's id;
/// another one of the same household, for one of its members, would have an id of its own.
/// </summary>
public sealed record Referral
{
    /// <summary>By which VCAS and we know it.</summary>
    public required Guid Id { get; init; }

    /// <summary>Upon which acceptance it was made.</summary>
    public required Acceptance Acceptance { get; init; }

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

    /// <summary>When it was last given to VCAS by hand, in a sealed file, UTC.</summary>
    public DateTimeOffset? HandedOverAt { get; init; }

    /// <summary>The version that was given by hand last; 0 where none was.</summary>
    public int HandedOverVersion { get; init; }

    /// <summary>When the supervisor is told that it has not left yet, or that no answer has come, UTC; moved on each time.</summary>
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

    /// <summary>Whether something is to come by itself: the queue, or VCAS's answer.</summary>
    public bool IsWaitedFor => AwaitsAnswer || State == ReferralState.ToSend;

    /// <summary>Whether nothing can happen to it any more: it was taken back, or VCAS has finished.</summary>
    public bool IsOver => State is ReferralState.Withdrawn or ReferralState.Closed;

    /// <summary>Its next version, with which VCAS is asked once more as if it had never been answered.</summary>
    /// <param name="answerDueAt">When the supervisor is told unless it has left and been answered by then, UTC.</param>
    internal Referral AskedAgain(DateTimeOffset answerDueAt) => this with
    {
        State = ReferralState.ToSend,
        Version = Version + 1,
        AskedVersion = Version + 1,
        AnsweredAt = null,
        AnswerDueAt = answerDueAt,
        AnswerLateSince = null,
        RejectionReason = null,
    };

    /// <summary>It, taken back: no answer is waited for any more.</summary>
    internal Referral TakenBack(WithdrawalReason reason) => this with
    {
        State = ReferralState.Withdrawn,
        WithdrawalReason = reason,
        AnswerDueAt = null,
        AnswerLateSince = null,
    };

    /// <summary>It, without what tells of a person.</summary>
    internal Referral Erased() => this with { CaseReference = null, AnswerIds = [] };
}

/// <summary>When support was accepted, and at which point.</summary>
/// <param name="When">At which point of the household's course.</param>
/// <param name="At">UTC.</param>
public sealed record Acceptance(AcceptedWhen When, DateTimeOffset At);

/// <summary>A household's referrals, by their ids.</summary>
public static class HouseholdReferrals
{
    /// <summary>The referral of this id; null where the household has none.</summary>
    public static Referral? FindReferral(this Household household, Guid id) =>
        household.Referrals.FirstOrDefault(referral => referral.Id == id);

    /// <summary>The household with this referral in the place of the one of its id.</summary>
    internal static Household WithReferral(this Household household, Referral changed) => household with
    {
        Referrals = [.. household.Referrals.Select(referral => referral.Id == changed.Id ? changed : referral)],
    };
}

/// <summary>An answer of VCAS, without anything about a person.</summary>
/// <param name="MessageId">The message's id: a repeated message changes nothing.</param>
/// <param name="Kind">What VCAS says.</param>
/// <param name="CaseReference">VCAS's own reference, where it gives one.</param>
/// <param name="Rejection">With <see cref="ReferralAnswerKind.Rejected"/>.</param>
/// <param name="Closure">With <see cref="ReferralAnswerKind.Closed"/>.</param>
/// <param name="Version">The referral's version that VCAS decided on, where it says; an older one than the newest is superseded.</param>
public sealed record ReferralAnswer(
    string MessageId,
    ReferralAnswerKind Kind,
    string? CaseReference = null,
    RejectionReason? Rejection = null,
    ClosureReason? Closure = null,
    int? Version = null);
