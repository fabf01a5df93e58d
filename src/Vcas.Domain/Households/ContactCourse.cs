namespace Vcas.Domain.Households;

/// <summary>
/// Where a household's course of contact stands: one of a closed set, each with just what it needs. What can't be together can't be
/// written: a call that is due without a reminder, a hold without a reason, an end with a call still planned.
/// </summary>
public abstract record ContactCourse
{
    private ContactCourse()
    {
    }

    /// <summary>The word for it that everybody uses.</summary>
    public abstract HouseholdState State { get; }

    /// <summary>A call may still be made one day.</summary>
    public abstract record Open : ContactCourse
    {
        private protected Open(DateTimeOffset callFrom) => CallFrom = callFrom;

        /// <summary>
        /// From when the next call may be made, UTC: the due instant, the next attempt, or the time the household asked for.
        /// </summary>
        public DateTimeOffset CallFrom { get; init; }
    }

    /// <summary>A call is planned: the first, or the next after an attempt.</summary>
    public sealed record Waiting(DateTimeOffset CallFrom) : Open(CallFrom)
    {
        /// <inheritdoc />
        public override HouseholdState State => HouseholdState.Waiting;
    }

    /// <summary>Somebody should phone now.</summary>
    /// <param name="CallFrom">Since when, UTC.</param>
    /// <param name="OverdueAt">When it becomes overdue, UTC.</param>
    /// <param name="NextReminderAt">When the next reminder goes out, UTC.</param>
    /// <param name="Reminders">Reminders sent since it became due.</param>
    public sealed record Due(DateTimeOffset CallFrom, DateTimeOffset OverdueAt, DateTimeOffset NextReminderAt, int Reminders)
        : Open(CallFrom)
    {
        /// <inheritdoc />
        public override HouseholdState State => HouseholdState.Due;
    }

    /// <summary>Nobody may phone until a person releases the hold.</summary>
    /// <param name="CallFrom">From when the call is planned once it is released, UTC.</param>
    /// <param name="Hold">Of which everybody knows.</param>
    public sealed record Held(DateTimeOffset CallFrom, KnownHold Hold) : Open(CallFrom)
    {
        /// <inheritdoc />
        public override HouseholdState State => HouseholdState.Held;
    }

    /// <summary>Nobody may phone until the supervisor has decided; nobody else knows of it.</summary>
    /// <param name="CallFrom">From when the call is planned once they have, UTC.</param>
    /// <param name="Hold">What they decide on.</param>
    /// <param name="Beneath">The hold that everybody knows of, if there is one as well.</param>
    public sealed record HeldForSupervisor(DateTimeOffset CallFrom, SupervisorHold Hold, KnownHold? Beneath) : Open(CallFrom)
    {
        /// <inheritdoc />
        public override HouseholdState State => HouseholdState.Held;

        /// <summary>The course as it is without the supervisor's hold, where there is another one; null where it would wait.</summary>
        internal Held? WithoutIt => Beneath is null ? null : new Held(CallFrom, Beneath);
    }

    /// <summary>Support was accepted, so nobody calls any more; the referrals have states of their own.</summary>
    public sealed record Referred : ContactCourse
    {
        /// <inheritdoc />
        public override HouseholdState State => HouseholdState.Referred;
    }

    /// <summary>Nothing more is to be done.</summary>
    /// <param name="Closing">Why, and when.</param>
    public sealed record Closed(Closing Closing) : ContactCourse
    {
        /// <inheritdoc />
        public override HouseholdState State => HouseholdState.Closed;
    }
}

/// <summary>Why and when nothing more was to be done.</summary>
/// <param name="Reason">Why.</param>
/// <param name="At">UTC.</param>
/// <param name="Withdrawal">Why the police took it back, if they did.</param>
/// <param name="NeverTakenBackAt">Since when the number may be called again although this household asked that it never be, UTC.</param>
/// <param name="DuplicateOf">The household that is kept, where this is another record of it.</param>
public sealed record Closing(
    ClosingReason Reason,
    DateTimeOffset At,
    WithdrawalReason? Withdrawal = null,
    DateTimeOffset? NeverTakenBackAt = null,
    Guid? DuplicateOf = null);
