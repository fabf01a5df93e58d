namespace Vcas.Domain.Households;

/// <summary>Whether support needs a yes.</summary>
public enum ConsentModel
{
    /// <summary>A household is referred when it accepts (Durham).</summary>
    OptIn,

    /// <summary>A household that could not be asked is referred unless it objects (Thames Valley).</summary>
    OptOut,
}

/// <summary>
/// The rules that a force decides. A household keeps the policy under which its offer was recorded; a change reaches those
/// already waiting only by an explicit command.
/// </summary>
public sealed record CallBackPolicy
{
    /// <summary>Days from the offer to the call-back (practice note: three weeks).</summary>
    public int IntervalDays { get; init; } = 21;

    /// <summary>Days from a first refusal at a call to the call that offers support again.</summary>
    public int SecondOfferDays { get; init; } = 21;

    /// <summary>Attempts before the call-back closes as not reached.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>Working days from an attempt without an answer to the next.</summary>
    public int DaysBetweenAttempts { get; init; } = 2;

    /// <summary>Visits and letters that reach nobody before the call-back closes as not reached.</summary>
    public int MaxVisits { get; init; } = 2;

    /// <summary>Working days from a visit at which nobody was in to the next.</summary>
    public int DaysBetweenVisits { get; init; } = 5;

    /// <summary>Days for which an answer to a letter is waited for.</summary>
    public int LetterDays { get; init; } = 14;

    /// <summary>Working days after which the caller is reminded of a call-back that nobody has attempted, and between reminders.</summary>
    public int ReminderDays { get; init; } = 1;

    /// <summary>Working days after which a call-back that nobody has attempted is overdue and the supervisor is told.</summary>
    public int OverdueDays { get; init; } = 2;

    /// <summary>Working days without a safe route after which it is told of for the first time.</summary>
    public int SafeRouteDays1 { get; init; } = 3;

    /// <summary>Working days without a safe route after which it is told of for the second time.</summary>
    public int SafeRouteDays2 { get; init; } = 10;

    /// <summary>Working days without a safe route after which it is told of for the third time.</summary>
    public int SafeRouteDays3 { get; init; } = 18;

    /// <summary>Working days within which VCAS answers; then the supervisor is told (the Victims' Code's target for referrals).</summary>
    public int AnswerDays { get; init; } = 2;

    /// <summary>Minutes within which somebody acknowledges a danger; then the next recipient is told, day or night.</summary>
    public int AcknowledgeMinutes { get; init; } = 30;

    /// <summary>
    /// Hours that somebody has at least, from acknowledging a danger, to say what was done; otherwise it is due by the end of that day.
    /// </summary>
    public int MeasureHours { get; init; } = 4;

    /// <summary>Hours after a danger from which somebody asks how they are, between 8:00 and 20:00 in London, on any day.</summary>
    public int WelfareFromHours { get; init; } = 24;

    /// <summary>Hours after a danger by which that is done.</summary>
    public int WelfareByHours { get; init; } = 72;

    /// <summary>Days after which a call that was unsafe, or a wrong number, is looked at again when nobody named a date.</summary>
    public int ReviewDays { get; init; } = 7;

    /// <summary>The longest time, in days, for which a call may be held or put off at once.</summary>
    public int LongestHoldDays { get; init; } = 90;

    /// <summary>Days after which an offer that is recorded only now needs somebody to say that its date is right.</summary>
    public int LateOfferDays { get; init; } = 14;

    /// <summary>Opt-in or opt-out.</summary>
    public ConsentModel ConsentModel { get; init; } = ConsentModel.OptIn;
}
