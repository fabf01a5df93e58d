namespace Vcas.Domain.Households;

/// <summary>Who may undo an attempt that is being recorded, and how long.</summary>
/// <param name="By">The directory id of the person who records it.</param>
/// <param name="Until">UTC.</param>
public sealed record UndoTerms(string By, DateTimeOffset Until);

/// <summary>
/// The last thing that happened to a household was an attempt, and this is how the household was before it: codes and instants alone. It
/// goes with whatever happens next, so whoever finds it knows that nothing else has happened since.
/// </summary>
/// <param name="AttemptId">Which attempt.</param>
/// <param name="By">The directory id of the person who recorded it: nobody else undoes it.</param>
/// <param name="Until">Until when, UTC.</param>
public sealed record UndoableAttempt(Guid AttemptId, string By, DateTimeOffset Until)
{
    /// <summary>Whether what waited for that time may leave now: from then on nothing can be undone, whatever a clock says.</summary>
    public bool IsOver { get; init; }

    /// <summary>
    /// Whether nothing can be undone at that instant. None lasts for minutes: one that would was recorded while the clock ran ahead, and
    /// waits for an instant of then.
    /// </summary>
    public bool IsOverAt(DateTimeOffset now) => IsOver || now > Until || WrongClock.IsAhead(Until, now);

    /// <summary>Where the calls stood.</summary>
    public required ContactCourse Course { get; init; }

    /// <summary>When the first call was to fall due, UTC.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Whether the call had ever been held.</summary>
    public bool WasHeld { get; init; }

    /// <summary>The death that was known.</summary>
    public KnownDeath? Death { get; init; }

    /// <summary>That a safe route had to be found.</summary>
    public RouteTask? RouteTask { get; init; }

    /// <summary>Whether a visit had been decided on.</summary>
    public bool VisitPlanned { get; init; }

    /// <summary>Since when nobody could be told, UTC.</summary>
    public DateTimeOffset? UntoldSince { get; init; }

    /// <summary>The welfare contact that was planned.</summary>
    public WelfareContact? Welfare { get; init; }

    /// <summary>The referrals that there were.</summary>
    public IReadOnlyList<StandingReferral> Referrals { get; init; } = [];

    /// <summary>What the attempt has brought into the outbox: it leaves once nothing can be undone any more.</summary>
    public IReadOnlyList<Dispatch> Added { get; init; } = [];

    /// <summary>What was in the outbox and was overtaken by the attempt.</summary>
    public IReadOnlyList<Dispatch> Dropped { get; init; } = [];
}

/// <summary>Of a referral, what an attempt may change.</summary>
/// <param name="Id">Which referral.</param>
/// <param name="State">Its state.</param>
/// <param name="AnswerDueAt">When its answer was due, UTC.</param>
/// <param name="AnswerLateSince">Since when that was late, UTC.</param>
/// <param name="WithdrawalReason">Why it was taken back.</param>
public sealed record StandingReferral(
    Guid Id, ReferralState State, DateTimeOffset? AnswerDueAt, DateTimeOffset? AnswerLateSince, WithdrawalReason? WithdrawalReason);

/// <summary>How a household goes back to what it was before an attempt.</summary>
public static class UndoableAttempts
{
    /// <summary>What may leave now: the outbox without what waits until nobody can undo it.</summary>
    public static IEnumerable<Dispatch> Leaving(this Household household) => household.Undoable is { Added.Count: > 0 } undoable
        ? household.Outbox.Where(dispatch => !undoable.Added.Contains(dispatch))
        : household.Outbox;

    /// <summary>
    /// The household, of which nothing can be undone any more where the time for it is over: what waited for that may leave.
    /// </summary>
    public static Household SettleAttempt(this Household household, DateTimeOffset now) =>
        household.Undoable is { IsOver: false } undoable && (undoable.Until <= now || WrongClock.IsAhead(undoable.Until, now))
            ? household with { Undoable = undoable with { IsOver = true, Added = [] } }
            : household;

    /// <summary>The same where only a clock that ran ahead says that its time isn't over.</summary>
    internal static Household WithAttemptOfThenSettled(this Household household, DateTimeOffset now) =>
        household.Undoable is { Added.Count: > 0 } undoable && WrongClock.IsAhead(undoable.Until, now)
            ? household.SettleAttempt(now)
            : household;

    /// <summary>The household after an attempt, with how it was before it.</summary>
    internal static Household UndoableTo(this Household after, Household before, Guid attemptId, UndoTerms terms) => after with
    {
        Undoable = new UndoableAttempt(attemptId, terms.By, terms.Until)
        {
            Course = before.Course,
            DueAt = before.DueAt,
            WasHeld = before.WasHeld,
            Death = before.Death,
            RouteTask = before.RouteTask,
            VisitPlanned = before.VisitPlanned,
            UntoldSince = before.UntoldSince,
            Welfare = before.Danger?.Welfare,
            Referrals = [.. before.Referrals.Select(one => new StandingReferral(
                one.Id, one.State, one.AnswerDueAt, one.AnswerLateSince, one.WithdrawalReason))],
            Added = [.. after.Outbox.Except(before.Outbox)],
            Dropped = [.. before.Outbox.Except(after.Outbox)],
        },
    };

    /// <summary>The household as it was before its last attempt. What has left meanwhile has left.</summary>
    internal static Household BackTo(this Household household, UndoableAttempt before) => household with
    {
        Course = before.Course,
        DueAt = before.DueAt,
        WasHeld = before.WasHeld,
        Death = before.Death,
        RouteTask = before.RouteTask,
        VisitPlanned = before.VisitPlanned,
        UntoldSince = before.UntoldSince,
        Danger = household.Danger is { } danger ? danger with { Welfare = before.Welfare } : null,
        Referrals = [.. household.Referrals.Join(before.Referrals, one => one.Id, was => was.Id, (one, was) => one with
        {
            State = was.State,
            AnswerDueAt = was.AnswerDueAt,
            AnswerLateSince = was.AnswerLateSince,
            WithdrawalReason = was.WithdrawalReason,
        })],
        Attempts = [.. household.Attempts.Where(attempt => attempt.AttemptId != before.AttemptId)],
        UndoneAttempts = [.. household.UndoneAttempts, before.AttemptId],
        Outbox = [.. household.Outbox.Except(before.Added), .. before.Dropped],
    };
}
