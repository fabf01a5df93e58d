namespace VcasFunctions.Audit;

/// <summary>
/// Days for which each kind of record is kept, section <c>Vcas:Retention</c>. A force decides; these are defaults. They stand here because
/// the audit is the lowest floor that reads one of them.
/// </summary>
public sealed record RetentionOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Vcas:Retention";

    /// <summary>Households without a referral, from their last change, unless their reason has a period of its own.</summary>
    public int ClosedDays { get; init; } = 365;

    /// <summary>Those that declined; <see cref="ClosedDays"/> if it is left out, like all these.</summary>
    public int? DeclinedDays { get; init; }

    /// <summary>Those that nobody reached.</summary>
    public int? NotReachedDays { get; init; }

    /// <summary>Those that asked never to be contacted. What bars their number stays.</summary>
    public int? DoNotContactDays { get; init; }

    /// <summary>Those whose person to be called has died.</summary>
    public int? DiedDays { get; init; }

    /// <summary>Those that the police took back for another reason than an error.</summary>
    public int? WithdrawnDays { get; init; }

    /// <summary>Households with a referral, from their last change, which can be VCAS's last answer.</summary>
    public int ReferredDays { get; init; } = 1095;

    /// <summary>What was recorded in error or twice.</summary>
    public int ErrorDays { get; init; } = 30;

    /// <summary>Messages that were set aside on the queues.</summary>
    public int DeadLetterDays { get; init; } = 30;

    /// <summary>
    /// Numbers that were passed on to the call-back team, from when somebody has said what became of them; six times as long where nobody
    /// does.
    /// </summary>
    public int PassedNumberDays { get; init; } = 30;

    /// <summary>Names of callers and supervisors who signed in, from the last day on which they did.</summary>
    public int SeenPersonDays { get; init; } = 90;

    /// <summary>Histories of orchestrations that have ended. They hold ids, instants and codes.</summary>
    public int TimekeepingDays { get; init; } = 90;

    /// <summary>After how long somebody looks again at a number that is never to be called. It is not freed by that.</summary>
    public int NeverReviewDays { get; init; } = 1095;

    /// <summary>The audit: ids, instants and codes, and who did what. Then the household's last row goes as well.</summary>
    public int AuditDays { get; init; } = 2557;
}
