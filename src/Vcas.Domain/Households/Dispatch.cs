namespace Vcas.Domain.Households;

/// <summary>The kinds of messages that leave the service.</summary>
public enum DispatchKind
{
    /// <summary>To VCAS: a new referral.</summary>
    ReferralMade,

    /// <summary>To VCAS: a referral has changed.</summary>
    ReferralAmended,

    /// <summary>To VCAS: a referral is taken back.</summary>
    ReferralWithdrawn,

    /// <summary>To the caller: a call-back is due.</summary>
    CallBackDue,

    /// <summary>To the caller: it is still due.</summary>
    CallBackReminder,

    /// <summary>To the supervisor: nobody has called.</summary>
    CallBackOverdue,

    /// <summary>To the supervisor: a hold needs a decision: its review date has come, or nobody else may decide.</summary>
    HoldReview,

    /// <summary>To the supervisor: no call-back hour is safe for this household.</summary>
    SafeHoursUnmet,

    /// <summary>To the supervisor: something said under another offer keeps a household from being called; they decide.</summary>
    DecisionNeeded,

    /// <summary>To the supervisor: a call is due, and nobody knows a number that is safe.</summary>
    SafeRouteNeeded,

    /// <summary>To the supervisor: VCAS has not answered.</summary>
    AnswerMissing,

    /// <summary>To the supervisor: VCAS has rejected the referral.</summary>
    ReferralRejected,

    /// <summary>To the supervisor: a household said something of which nothing can follow by itself, and somebody has to look.</summary>
    LateOutcome,

    /// <summary>To the supervisor: a danger was recorded.</summary>
    DangerRecorded,

    /// <summary>To the deputy, or to the call-back team: nobody has acknowledged it.</summary>
    DangerUnacknowledged,

    /// <summary>To the supervisor: a danger is acknowledged, and nobody has said what was done.</summary>
    MeasureMissing,

    /// <summary>To the deputy, or to the call-back team: the supervisor was reminded of that, and still nobody has said it.</summary>
    MeasureStillMissing,

    /// <summary>To whoever recorded the household: no safe route to it is known yet.</summary>
    SafeRouteAsked,

    /// <summary>To the supervisor: the same.</summary>
    SafeRouteMissing,

    /// <summary>To the caller: somebody has to visit, or to write.</summary>
    VisitDue,

    /// <summary>To the supervisor: a welfare contact after a danger is to be made.</summary>
    WelfareContactDue,

    /// <summary>To the deputy, or to the call-back team: its time is over, and nobody has made it.</summary>
    WelfareContactMissing,

    /// <summary>To the supervisor alone: a disclosure hold has to be reviewed.</summary>
    DisclosureReview,
}

/// <summary>
/// Something that must leave the service, by a stable id: <c>made</c>, <c>amended-2</c>, <c>withdrawn</c>, <c>reminder-3</c>.
/// It holds no content; that is made from the household when it is sent.
/// </summary>
/// <param name="Id">Unique among a household's notices, and among the messages of one referral.</param>
/// <param name="Kind">What it tells of.</param>
/// <param name="Referral">Which referral, in which version, VCAS is told of; null for a notice to somebody in the force.</param>
public sealed record Dispatch(string Id, DispatchKind Kind, DispatchedReferral? Referral = null)
{
    /// <summary>Tells VCAS of a new referral.</summary>
    public static Dispatch Made(Referral referral) => Of("made", DispatchKind.ReferralMade, referral);

    /// <summary>Tells VCAS of a referral's later version.</summary>
    public static Dispatch Amended(Referral referral) => Of($"amended-{referral.Version}", DispatchKind.ReferralAmended, referral);

    /// <summary>Tells VCAS that a referral is taken back.</summary>
    public static Dispatch Withdrawn(Referral referral) => Of("withdrawn", DispatchKind.ReferralWithdrawn, referral);

    /// <summary>Whether it goes to VCAS's queue; otherwise it is a notification to somebody in the force.</summary>
    public bool IsMessage => Referral is not null;

    /// <summary>Whether it is about a danger.</summary>
    public bool IsDanger => Kind is DispatchKind.DangerRecorded or DispatchKind.DangerUnacknowledged
        or DispatchKind.MeasureMissing or DispatchKind.MeasureStillMissing;

    /// <summary>
    /// Whether it is about something that stands beside the course of contact, and so is overtaken by nothing that becomes of the call or
    /// of a referral.
    /// </summary>
    public bool IsBeside => IsDanger || IsOfRouteTask || IsOfWelfare || Kind == DispatchKind.DisclosureReview;

    /// <summary>Whether it tells of a welfare contact after a danger.</summary>
    public bool IsOfWelfare => Kind is DispatchKind.WelfareContactDue or DispatchKind.WelfareContactMissing;

    /// <summary>Whether it tells that a safe route has to be found.</summary>
    public bool IsOfRouteTask => Kind is DispatchKind.SafeRouteAsked or DispatchKind.SafeRouteMissing;

    /// <summary>
    /// Whether it is for those who call or decide. That somebody else could not be told doesn't mean that nobody knows of a call.
    /// </summary>
    public bool IsForWhoActs => !IsMessage && Kind is not (DispatchKind.SafeRouteAsked or DispatchKind.DisclosureReview);

    /// <summary>
    /// Whether it leaves whatever becomes of the call meanwhile; what tells of a call is overtaken by what happens to it.
    /// </summary>
    public bool IsLasting => IsMessage || IsBeside;

    private static Dispatch Of(string id, DispatchKind kind, Referral referral) =>
        new(id, kind, new DispatchedReferral(referral.Id, referral.Version));
}

/// <summary>What a message to VCAS is about.</summary>
/// <param name="Id">The referral's id.</param>
/// <param name="Version">The version that it tells VCAS of.</param>
public sealed record DispatchedReferral(Guid Id, int Version);
