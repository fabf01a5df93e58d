namespace Vcas.Domain.Teams;

/// <summary>What waits for a person's decision, the most urgent first.</summary>
public enum TaskKind
{
    /// <summary>Nobody has acknowledged a danger.</summary>
    DangerUnacknowledged,

    /// <summary>Somebody was asked for no contact at a front desk, and nobody has recorded it.</summary>
    NeverPassedOn,

    /// <summary>Nobody has said what was done about a danger.</summary>
    MeasureMissing,

    /// <summary>Nobody has asked since a danger how they are.</summary>
    WelfareContactDue,

    /// <summary>Something said under another offer keeps a household from being called.</summary>
    DecisionNeeded,

    /// <summary>A call is overdue.</summary>
    CallOverdue,

    /// <summary>The review of a hold is overdue.</summary>
    ReviewOverdue,

    /// <summary>No hour in which a call is safe is among the call-back hours.</summary>
    HoursNeverMeet,

    /// <summary>VCAS has refused a referral.</summary>
    ReferralRejected,

    /// <summary>VCAS's answer is late, or the referral has not left.</summary>
    AnswerLate,

    /// <summary>Nobody knows a safe way to reach them: before a call, or for a yes that can't leave.</summary>
    NoSafeRoute,

    /// <summary>A front desk has passed a number on.</summary>
    NumberPassedOn,
}

/// <summary>What somebody can do about a task.</summary>
public enum TaskAction
{
    /// <summary>Say that they know of the danger.</summary>
    Acknowledge,

    /// <summary>Say what was done about it.</summary>
    RecordMeasure,

    /// <summary>Ask how they are.</summary>
    AskHowTheyAre,

    /// <summary>Open the number that was passed on, and record what was said.</summary>
    OpenNumber,

    /// <summary>Decide whether the other offer stands in the way.</summary>
    Decide,

    /// <summary>Have the household called, or give the call to somebody else.</summary>
    HaveCalled,

    /// <summary>Release or extend the hold.</summary>
    ReviewHold,

    /// <summary>Open call-back hours for this household, or ask it for others.</summary>
    OpenHours,

    /// <summary>Amend the referral, or take it back.</summary>
    AmendReferral,

    /// <summary>Ask VCAS.</summary>
    AskVcas,

    /// <summary>Find a safe number, or plan a visit.</summary>
    FindRoute,
}

/// <summary>What follows from a task's kind.</summary>
public static class TaskKinds
{
    /// <summary>What somebody can do about it.</summary>
    public static TaskAction ActionOf(this TaskKind kind) => kind switch
    {
        TaskKind.DangerUnacknowledged => TaskAction.Acknowledge,
        TaskKind.MeasureMissing => TaskAction.RecordMeasure,
        TaskKind.WelfareContactDue => TaskAction.AskHowTheyAre,
        TaskKind.NeverPassedOn or TaskKind.NumberPassedOn => TaskAction.OpenNumber,
        TaskKind.DecisionNeeded => TaskAction.Decide,
        TaskKind.CallOverdue => TaskAction.HaveCalled,
        TaskKind.ReviewOverdue => TaskAction.ReviewHold,
        TaskKind.HoursNeverMeet => TaskAction.OpenHours,
        TaskKind.ReferralRejected => TaskAction.AmendReferral,
        TaskKind.AnswerLate => TaskAction.AskVcas,
        TaskKind.NoSafeRoute => TaskAction.FindRoute,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such task."),
    };

    /// <summary>Whether the household's own clock tells further people of it, so that no morning has to.</summary>
    public static bool HasOwnClock(this TaskKind kind) =>
        kind is TaskKind.DangerUnacknowledged or TaskKind.MeasureMissing or TaskKind.WelfareContactDue
            or TaskKind.NoSafeRoute;

    /// <summary>Whether it is about a number that was passed on, and not about a household.</summary>
    public static bool IsOfNumber(this TaskKind kind) => kind is TaskKind.NeverPassedOn or TaskKind.NumberPassedOn;

    /// <summary>Whether the household's supervisor alone may know of it, and whoever stands in for them.</summary>
    public static bool IsForSupervisorAlone(this TaskKind kind) => kind == TaskKind.DecisionNeeded;
}
